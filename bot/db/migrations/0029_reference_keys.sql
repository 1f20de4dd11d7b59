-- «UTR» before the 12 digits of a payment by UPI is no part of its reference: with and without it is
-- one. Where both are taken already, they stay apart, and the books say so.
UPDATE bank_references b
   SET key = short.key
  FROM (SELECT regexp_replace(key, '^(UPI|UTR|RRN|REF|TXN|ID|NO)+', '') AS key, min(key) AS long
          FROM bank_references
         WHERE key ~ '^(UPI|UTR|RRN|REF|TXN|ID|NO)+[0-9]{12}$'
         GROUP BY 1) AS short
 WHERE b.key = short.long
   AND NOT EXISTS (SELECT FROM bank_references WHERE key = short.key);
