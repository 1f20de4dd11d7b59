"""How everybody stands on a day, in SQL, for lists.

One person's access is decided by ``models.subscriptions.standing``; that this says the same of
many at once is proven by ``tests/db/test_standings.py``.
"""

from typing import Final

# Every subscription on the day $1: whether it is cancelled, frozen then, and has visits left.
_TERMS: Final = """
    SELECT t.*,
           EXISTS (SELECT FROM subscription_changes c
                    WHERE c.subscription_id = t.subscription_id AND c.kind = 'cancel'
                      AND NOT EXISTS (SELECT FROM subscription_changes u WHERE u.undoes_id = c.id))
               AS is_cancelled,
           EXISTS (SELECT FROM subscription_changes c
                    WHERE c.subscription_id = t.subscription_id AND c.kind = 'freeze'
                      AND {day} BETWEEN c.on_day AND c.on_day + c.days - 1
                      AND NOT EXISTS (SELECT FROM subscription_changes u WHERE u.undoes_id = c.id)
                      AND NOT EXISTS (SELECT FROM subscription_changes u
                                       WHERE u.subscription_id = c.subscription_id
                                         AND u.kind = 'unfreeze' AND u.id > c.id
                                         AND u.on_day BETWEEN c.on_day AND {day}
                                         AND NOT EXISTS (SELECT FROM subscription_changes v
                                                          WHERE v.undoes_id = u.id)))
               AS is_frozen,
           s.visits_limit IS NULL
               OR s.visits_limit > (SELECT count(*) FROM visits v
                                     WHERE v.person_id = t.person_id
                                       AND v.day BETWEEN t.first_day AND t.last_day)
               AS has_visits,
           s.is_trial
      FROM subscription_terms t
      JOIN subscriptions s ON s.id = t.subscription_id
"""
# Of those that run, one that is not frozen decides, then the older one; of those that are over,
# the one that ended last; where none has begun, the one that begins first.
_STANDINGS: Final = """
    SELECT DISTINCT ON (person_id) person_id, plan_name, last_day,
           CASE WHEN is_ahead THEN 'ahead'
                WHEN runs THEN CASE WHEN is_frozen THEN 'frozen' ELSE 'active' END
                WHEN NOT is_cancelled AND NOT is_trial
                     AND last_day < {day} AND last_day + r.grace_days >= {day}
                     AND r.grace_visits > (SELECT count(*) FROM visits v
                                            WHERE v.person_id = each.person_id
                                              AND v.day > each.last_day AND v.day <= {day})
                THEN 'grace'
                ELSE 'locked' END AS access
      FROM (SELECT *, {day} BETWEEN first_day AND last_day AND has_visits AS runs,
                   first_day > {day} AS is_ahead
              FROM ({terms}) AS terms) AS each,
           subscription_rules r
     WHERE first_day <= last_day
     ORDER BY person_id, is_ahead, runs DESC, CASE WHEN runs THEN is_frozen END,
              CASE WHEN NOT runs AND NOT is_ahead THEN last_day END DESC,
              CASE WHEN is_ahead THEN first_day END, subscription_id
"""


def standings(day: str) -> str:
    """A query of whoever has bought one, as they stand on that day, an expression of SQL.

    ``person_id``, ``access``, and ``plan_name`` and ``last_day`` of the one that decides.
    """
    return _STANDINGS.format(day=day, terms=_TERMS.format(day=day))


# The last day that is paid without a gap, of a person ``s`` on the day $1; used-up visits end it.
# Materialized: else visits are counted for everybody's subscriptions, each time anew.
_ENDS_ON: Final = f"""
    (WITH paid AS MATERIALIZED (
         SELECT first_day, last_day
           FROM ({_TERMS.format(day="$1::date")}) AS bought
          WHERE person_id = s.person_id AND first_day <= last_day AND last_day >= $1::date
            AND has_visits)
     SELECT min(t.last_day)
       FROM paid t
      WHERE NOT EXISTS (SELECT FROM paid n
                         WHERE t.last_day + 1 BETWEEN n.first_day AND n.last_day))
"""
# What begins first of all that is to begin, whatever runs until then.
_NEXT: Final = """
    SELECT DISTINCT ON (person_id) person_id, plan_name, first_day, last_day
      FROM subscription_terms
     WHERE first_day > $1::date AND first_day <= last_day
     ORDER BY person_id, first_day, subscription_id
"""
# $1: today, $2: the last day that counts as soon. Whoever is banned stands nowhere else.
PEOPLE: Final = f"""
    SELECT s.person_id, s.plan_name, $2::date AS soon,
           CASE WHEN p.banned_at IS NULL THEN s.access ELSE 'banned' END AS access,
           coalesce(f.full_name, nullif(p.display_name, ''), '') AS name, f.phone,
           CASE WHEN s.access IN ('active', 'frozen') THEN {_ENDS_ON} ELSE s.last_day END
               AS last_day,
           tomorrow.access AS access_tomorrow,
           n.plan_name AS next_plan, n.first_day AS next_first_day, n.last_day AS next_last_day
      FROM ({standings("$1::date")}) AS s
      JOIN ({standings("($1::date + 1)")}) AS tomorrow USING (person_id)
      LEFT JOIN ({_NEXT}) AS n USING (person_id)
      JOIN people p ON p.id = s.person_id AND p.deleted_at IS NULL
      LEFT JOIN profiles f ON f.person_id = p.id
"""
