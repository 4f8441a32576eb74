-- Makes a place's queue due now, unless someone is speaking there at this moment.
--
--   KEYS[1]   places    zset    desk:place by its next turn                  written
--   KEYS[2]   leases    hash    desk:place -> token|sent before              read
--   KEYS[3]   queue     list    the place's queue                            read
--
--   ARGV[1]   desk:place
--
-- Returns 1 where it woke something.

local lease = redis.call('HGET', KEYS[2], ARGV[1])
if redis.call('LLEN', KEYS[3]) == 0 or lease and string.sub(lease, 1, 1) ~= '|' then
  return 0
end
local time = redis.call('TIME')
redis.call('ZADD', KEYS[1], string.format('%.0f', time[1] * 1000000 + time[2]), ARGV[1])
return 1
