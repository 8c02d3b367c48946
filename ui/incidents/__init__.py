"""Screens of incidents 不良事件: the list by state, the report of twenty seconds, one incident with its versions.

The list also shows for whom a re-assessment is proposed; a resident's chart has a tab and a card of the same.
"""
