-- Takes a string away where it holds a value, and only then.
--
--   KEYS[1]   string
--
--   ARGV[1]   the value
--
-- Returns 1 where it was taken away, else 0.

if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
return redis.call('DEL', KEYS[1])
