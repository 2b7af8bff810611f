-- revenue
SELECT status, SUM(total)::numeric(12, 2), COUNT(*) FROM orders GROUP BY status ORDER BY status;
-- best articles
SELECT l.sku, SUM(l.quantity) AS pieces, MAX(p.price) AS price
FROM orders__lines l LEFT JOIN prices p ON p.sku = l.sku GROUP BY l.sku ORDER BY pieces DESC, l.sku LIMIT 3;
-- customers
SELECT email, last_order FROM customers ORDER BY email;
-- loads
SELECT COUNT(*), MIN(status) FROM _dlt_loads;
