"""Every statement of the store, in the SQL that SQLite and PostgreSQL share.

Values go in by name; only constants of this file are ever put into the text.
"""
# ruff: noqa: S608 - see above

from screening.sharing.limits import PURGE_BATCH

LIVE = "jwe IS NOT NULL AND expires > :now AND (max_views IS NULL OR views < max_views)"

CREATE = """INSERT INTO share
    (sid_hash, jwe, created_day, expires, revoke_hash, pass_salt, pass_hash, tries_left, views, max_views)
    VALUES (:sid, :jwe, :day, :expires, :revoke, :salt, :hash, :tries, 0, :most)"""

OPEN = f"""UPDATE share SET views = views + 1, last_view_day = :day
    WHERE sid_hash = :sid AND pass_hash IS NULL AND {LIVE} RETURNING jwe"""

OPEN_UNCOUNTED = f"""SELECT jwe FROM share
    WHERE sid_hash = :sid AND pass_hash IS NULL AND max_views IS NULL AND {LIVE}"""

SPEND = f"""UPDATE share SET tries_left = tries_left - 1
    WHERE sid_hash = :sid AND pass_hash IS NOT NULL AND tries_left > 0 AND {LIVE}
    RETURNING pass_salt, pass_hash, tries_left"""

GIVE_BACK = f"""UPDATE share SET tries_left = tries_left + 1, views = views + 1, last_view_day = :day
    WHERE sid_hash = :sid AND pass_hash IS NOT NULL AND {LIVE} RETURNING jwe"""

TRIES_LEFT = f"""SELECT tries_left FROM share
    WHERE sid_hash = :sid AND pass_hash IS NOT NULL AND tries_left > 0 AND {LIVE}"""

TICKET = "INSERT INTO ticket (ticket_hash, sid_hash, expires) VALUES (:ticket, :sid, :expires)"

REDEEM = "DELETE FROM ticket WHERE ticket_hash = :ticket AND expires > :now RETURNING sid_hash"

BEHIND_TICKET = "SELECT jwe FROM share WHERE sid_hash = :sid AND jwe IS NOT NULL AND expires > :now"

STATUS = """SELECT jwe IS NOT NULL, pass_hash IS NULL OR tries_left > 0, views, last_view_day, expires
    FROM share WHERE sid_hash = :sid AND revoke_hash = :revoke"""

REVOKE = """UPDATE share SET jwe = NULL, pass_salt = NULL, pass_hash = NULL
    WHERE sid_hash = :sid AND revoke_hash = :revoke RETURNING sid_hash"""

WIPE = """UPDATE share SET jwe = NULL, pass_salt = NULL, pass_hash = NULL
    WHERE expires <= :now AND (jwe IS NOT NULL OR pass_hash IS NOT NULL)"""

FORGET = f"""DELETE FROM share WHERE sid_hash IN
    (SELECT sid_hash FROM share WHERE expires <= :forgotten LIMIT {PURGE_BATCH})"""

DEAD_TICKETS = "DELETE FROM ticket WHERE expires <= :now"

ROOM = "SELECT count(*), coalesce(sum(length(jwe)), 0) FROM share WHERE jwe IS NOT NULL"
