-- Counts what is due in sorted sets scored by an instant.
--
--   KEYS[n]   zset   any                                                      read
--
--   ARGV[n]   now for KEYS[n], in microseconds; '' for the store's clock
--
-- Returns for each {how many are due, how many there are, by how many microseconds the first is late}.

local time = redis.call('TIME')
local here = string.format('%.0f', time[1] * 1000000 + time[2])

local counts = {}
for i, key in ipairs(KEYS) do
  local now = ARGV[i] == '' and here or ARGV[i]
  local first = redis.call('ZRANGE', key, 0, 0, 'WITHSCORES')
  local late = first[2] and now - first[2] or -1
  if late < 0 then
    counts[i] = {0, redis.call('ZCARD', key), 0}
  else
    counts[i] = {redis.call('ZCOUNT', key, '-inf', now), redis.call('ZCARD', key), late}
  end
end
return counts
