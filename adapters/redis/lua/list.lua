-- Reads the first inquiries of an index.
--
--   KEYS[1]   index     zset    inquiry numbers by the index's score         read
--   learned   inquiry   string  ARGV[1] .. number, within the slot of the declared key
--
--   ARGV[1]   what the keys of the desk's inquiries begin with
--   ARGV[2]   how many at most
--   ARGV[3]   how many to skip
--
-- Returns {how many there are, records}.

local records = {}
for _, number in ipairs(redis.call('ZRANGE', KEYS[1], ARGV[3], ARGV[3] + ARGV[2] - 1)) do
  local record = redis.call('GET', ARGV[1] .. number)
  if record then
    records[#records + 1] = record
  end
end
return {redis.call('ZCARD', KEYS[1]), records}
