"""Backups: one encrypted file a moment, proved after writing, kept by rule, and the way back from one.

A backup is a plain ZIP archive, stored and not compressed: `station.db` (the encrypted database at one moment),
`keys.json` (the key slots of that moment), `manifest.json` (what it is, counts, audit head, SHA-256 of the parts,
sealed under a key derived from the database's); the archive's comment is the SHA-256 of all that stands before it.

The copy keeps the database key, so the passwords and the recovery code of its moment open it. A key of its own would
have to be wrapped for the same people in the same slots: it would guard nothing more, and be one more thing to lose.

    making      copy, prove, pack, read back, rename      rota        when, where, what the last one became
    rules       names, what is kept, when one is due      keeping     what lies in a place, leftovers, the second place
    archive     the file and its check sum                manifest    what a backup says of itself
    opened      a backup and the secret that opens it     proving     pages, structure, counts, chain
    restoring   a home's station from a backup            drilling    the same for practice, with three charts opened
"""
