-- Commits decisions, each whole or not at all: a version that has moved on or a key that was seen stops it.
--
--   KEYS[1]    places   zset  desk:place by its next turn                       read, written
--   KEYS[2]    resting  zset  desk:place with an empty queue, by its rest's end  read, written
--   KEYS[3]    marks    set   cards that wait in a queue                        written
--   KEYS[4]    alarms   zset  desk.number by next alarm                         written
--   KEYS[5]    ringing  zset  desk.number by the end of its lease               written
--   KEYS[6..]  as the decisions name them, by their place in KEYS               read, written
--
--   ARGV[1]    decisions, msgpack: a list of {seen, checks, writes, queued}
--                seen    the key of what the command was answered, 0 for none
--                checks  {key, version} of a string, {key, version, field} of a hash: what it has to be now
--                writes  {command, key, arguments...}
--                queued  {key of the queue, desk:place, item, mark}: mark '' but for cards
--   ARGV[2]    the channel on which to say that something was queued
--   ARGV[3]    what to say there: who queued it
--
-- Returns for each decision 1 (committed), 0 (stale) or the answer the key was given.

local PLACES, RESTING, MARKS = KEYS[1], KEYS[2], KEYS[3]
local call = redis.call

local function version(check)
  local record
  if check[3] then
    record = call('HGET', KEYS[check[1]], check[3])
  else
    record = call('GETRANGE', KEYS[check[1]], 0, 20)
  end
  return tonumber(record and string.match(record, '^%d+') or 0)
end

local function stands(checks)
  for _, check in ipairs(checks) do
    if version(check) ~= check[2] then
      return false
    end
  end
  return true
end

local micros
local function now()
  if not micros then
    local time = call('TIME')
    micros = time[1] * 1000000 + time[2]
  end
  return micros
end

local function enqueue(queue, place, item, mark)
  if mark ~= '' and call('SADD', MARKS, mark) == 0 then
    return
  end
  if call('RPUSH', queue, item) == 1 then
    local rests = tonumber(call('ZSCORE', RESTING, place) or 0)
    if rests > 0 then
      call('ZREM', RESTING, place)
    end
    call('ZADD', PLACES, 'NX', string.format('%.0f', math.max(now(), rests)), place)
  end
end

local nudge = false
local results = {}
for i, decision in ipairs(cmsgpack.unpack(ARGV[1])) do
  local seen, checks, writes, queued = decision[1], decision[2], decision[3], decision[4]
  local answer = seen > 0 and call('GET', KEYS[seen])
  if answer then
    results[i] = answer
  elseif not stands(checks) then
    results[i] = 0
  else
    for _, write in ipairs(writes) do
      call(write[1], KEYS[write[2]], unpack(write, 3))
    end
    for _, item in ipairs(queued) do
      enqueue(KEYS[item[1]], item[2], item[3], item[4])
      nudge = true
    end
    results[i] = 1
  end
end
if nudge then
  call('PUBLISH', ARGV[2], ARGV[3])
end
return results
