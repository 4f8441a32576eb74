-- Says what became of a leased item. A lease that is no longer ours changes nothing.
--
--   KEYS[1]   places    zset    desk:place by its next turn                  written
--   KEYS[2]   resting   zset    desk:place by its rest's end                 written
--   KEYS[3]   leases    hash    desk:place -> token|sent before              read, written
--   KEYS[4]   queue     list    the place's queue                            read, written
--   KEYS[5]   roots     hash    party -> card's message                      written for a card's receipt
--   KEYS[6]   cards     hash    card's message -> number:party               written for a card's receipt
--   KEYS[7]   told      string  number:party                                 written for another's receipt
--
--   ARGV[1]   desk:place
--   ARGV[2]   the lease's token
--   ARGV[3]   what became of it: d(one), k(ept) or u(nknown)
--   ARGV[4]   how long the place rests, in microseconds
--   ARGV[5]   the receipt: '' for none, c(ard) or t(old)
--   ARGV[6]   the receipt's message
--   ARGV[7]   the receipt's number:party
--   ARGV[8]   how long a receipt that is no card is kept, in seconds
--
-- Returns 1, or 0 where the lease ran out and another has it, or had it.

local call = redis.call
local PLACES, RESTING, LEASES, QUEUE = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local place, token, became = ARGV[1], ARGV[2], ARGV[3]

local held, before = string.match(call('HGET', LEASES, place) or '|', '^(%d*)|(%d*)$')
if held ~= token then
  return 0
end

local time = call('TIME')
local now = time[1] * 1000000 + time[2]
local rested = string.format('%.0f', now + ARGV[4])

if ARGV[5] == 'c' then
  call('HSET', KEYS[5], string.match(ARGV[7], '%a*$'), ARGV[6])
  call('HSET', KEYS[6], ARGV[6], ARGV[7])
elseif ARGV[5] == 't' then
  call('SET', KEYS[7], ARGV[7], 'EX', ARGV[8])
end

if became == 'd' then
  call('LPOP', QUEUE)
  call('HDEL', LEASES, place)
elseif became == 'u' then
  call('HSET', LEASES, place, '|' .. (before ~= '' and before or token))
elseif before ~= '' then
  call('HSET', LEASES, place, '|' .. before)
else
  call('HDEL', LEASES, place)
end

if call('LLEN', QUEUE) > 0 then
  call('ZADD', PLACES, rested, place)
else
  call('ZREM', PLACES, place)
  if tonumber(ARGV[4]) > 0 then
    call('ZADD', RESTING, rested, place)
  end
end
return 1
