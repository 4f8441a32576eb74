-- Leases places whose turn it is, with the head of their queue; drops pings their inquiry has left behind.
--
--   KEYS[1]   places    zset    desk:place by its next turn                  read, written
--   KEYS[2]   resting   zset    desk:place by its rest's end                 written
--   KEYS[3]   leases    hash    desk:place -> token|sent before              read, written
--   KEYS[4]   marks     set     cards that wait in a queue                   written
--   learned   queue (read, written), inquiry and roots of each, within the slot of the declared keys
--
--   ARGV[1]   how many at most
--   ARGV[2]   how long the lease is, in microseconds
--   ARGV[3]   the partition's tag
--   ARGV[4]   the platforms whose places are wanted, ':slack:discord:'; '' for all
--
-- An item is kind:number:party:stamp:record; kind is n(otice), p(ing) or c(ard).
-- A token is the instant of the take, on the store's clock in microseconds; so is `sent before`, or ''.
-- Returns a list of {desk:place, token, item, inquiry, root, sent before}.

local call = redis.call
local PLACES, RESTING, LEASES, MARKS = KEYS[1], KEYS[2], KEYS[3], KEYS[4]

local time = call('TIME')
local now = time[1] * 1000000 + time[2]
local token = string.format('%.0f', now)

local function key(kind, rest)
  return ARGV[3] .. ':' .. kind .. ':' .. rest
end

-- The head of a queue that is still worth saying, with its inquiry.
local function head_of(place, desk)
  local queue = key('queue', place)
  while true do
    local item = call('LINDEX', queue, 0)
    if not item then
      return nil
    end
    local kind, number, party, stamp = string.match(item, '^(%a):(%d*):(%a*):(%d*):')
    local inquiry = number ~= '' and call('GET', key('inquiry', desk .. '.' .. number))
    if kind ~= 'p' or inquiry and string.match(inquiry, '^%d+:([^:]*):') == stamp then
      return item, kind, number, party, inquiry
    end
    call('LPOP', queue)
    call('HDEL', LEASES, place)
  end
end

-- Since when something may have been sent already: by whoever let a lease run out, or with an outcome unknown.
local function sent_before(place)
  local held, before = string.match(call('HGET', LEASES, place) or '|', '^(%d*)|(%d*)$')
  return before ~= '' and before or held
end

local function wanted(platform)
  return ARGV[4] == '' or string.find(ARGV[4], ':' .. platform .. ':', 1, true)
end

call('ZREMRANGEBYSCORE', RESTING, '-inf', token)
local limit, taken, others = tonumber(ARGV[1]), {}, 0

-- Leases a place that is due, or takes it off the turns where nothing is left to say.
local function take(place, desk)
  local item, kind, number, party, inquiry = head_of(place, desk)
  if item then
    local before = sent_before(place)
    if kind == 'c' and before == '' then
      call('SREM', MARKS, desk .. '.' .. number .. '.' .. party)
    end
    call('HSET', LEASES, place, token .. '|' .. before)
    call('ZADD', PLACES, string.format('%.0f', now + ARGV[2]), place)
    local root = party ~= '' and call('HGET', key('roots', desk .. '.' .. number), party)
    taken[#taken + 1] = {place, token, item, inquiry, root, before}
  else
    call('ZREM', PLACES, place)
  end
end

-- What is taken moves out of the range; what others serve stays in it, and is stepped over.
repeat
  local asked = limit - #taken
  local due = call('ZRANGE', PLACES, '-inf', token, 'BYSCORE', 'LIMIT', others, asked)
  for _, place in ipairs(due) do
    local desk, platform = string.match(place, '^([^:]*):([^:]*)')
    if wanted(platform) then
      take(place, desk)
    else
      others = others + 1
    end
  end
until #taken >= limit or #due < asked
return taken
