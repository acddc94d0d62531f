#!/usr/bin/env python3
"""Makes sessions that have ended in a database whose server does not run.

end_sessions.py DATABASE COUNT
"""

import sqlite3
import sys

COUNTED = "WITH RECURSIVE counted (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM counted WHERE n < ?)"
NINETY_DAYS = 90 * 86400


def main():
    database, count = sys.argv[1], int(sys.argv[2])
    with sqlite3.connect(database) as sql:
        sql.execute("PRAGMA synchronous = OFF")
        sql.execute(
            f"{COUNTED} INSERT INTO ended_sessions (id, keep_until) "
            "SELECT printf('%022d', n), unixepoch() + ? FROM counted",
            (count, NINETY_DAYS),
        )
    sql.close()


if __name__ == "__main__":
    main()
