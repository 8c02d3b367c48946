"""变更历史 over any screen (F9): the versions of the record a person looks at."""
