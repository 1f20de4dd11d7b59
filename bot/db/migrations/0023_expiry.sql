-- What members read when a subscription ends; beside the follow-ups, for admins to rewrite.
INSERT INTO follow_up_steps (occasion, days, html, is_on) VALUES
    ('ends-soon', NULL, '⏳ {first_name}, your {plan} ends on {ends}. Days to go: {days}. Renew it '
                        'now: the next one follows on, and no day is lost.', true),
    ('ends-today', NULL, '⏳ {first_name}, today is the last day of your {plan}. Renew it today, and '
                         'tomorrow goes on as usual.', true),
    ('in-grace', NULL, '⚠️ {first_name}, your {plan} ended on {ends}. You may still come in for a '
                       'while. Days left: {days}. Renew it to stay with us.', true),
    ('locked', NULL, '🔒 {first_name}, your {plan} ended on {ends}. We would love to see you again '
                     'at {club}: renew it, and come in.', true);

-- Of a broadcast's audience that is told by subscriptions: of which plan; NULL: of any.
ALTER TABLE broadcasts ADD COLUMN plan_id bigint REFERENCES plans;
