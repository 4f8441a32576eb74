-- Commits decisions, each whole or not at all: a version that has moved on or a key that was seen stops it.
--
--   KEYS[1]    places   zset  desk:place by its next turn                       read, written
--   KEYS[2]    resting  zset  desk:place with an empty queue, by its rest's end  read, written
--   KEYS[3]    marks    set   cards that wait in a queue                        written
--   KEYS[4]    alarms   zset  desk.number by next alarm                         written
--   KEYS[5]    ringing  zset  desk.number by the end of its lease               written
--   KEYS[6..]  as the decisions name them, by their place in KEYS               read, written
--
--   ARGV[1]    decisions, msgpack: a list of {seen, checks, moved, writes, queued}
--                seen    the key of what the command was answered, 0 for none
--                checks  {key, version} of a string, {key, version, field} of a hash: what it has to be now
--                moved   {key of an inquiry, record, desk.number, next alarm or '', key of the desk's counter, number},
--                        without the last two but for a new inquiry
--                writes  {command, key, arguments...}
--                queued  {key of the queue, desk:place, item, mark}: mark '' but for cards
--   ARGV[2]    the channel on which to say that something was queued
--   ARGV[3]    what to say there: who queued it
--
-- Returns for each decision 1 (committed), 0 (stale) or the answer the key was given.
--
-- What all decisions write alike is gathered and written at the end, in one call of each command: calls are what a
-- script spends its time on.

local PLACES, RESTING, MARKS, ALARMS, RINGING = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local call = redis.call
local decisions = cmsgpack.unpack(ARGV[1])

-- Strings by their place in KEYS, as they are now: false for none.
local strings = {}
local function read_strings()
  local places, names = {}, {}
  for _, decision in ipairs(decisions) do
    for _, check in ipairs(decision[2]) do
      if not check[3] then
        places[#places + 1], names[#names + 1] = check[1], KEYS[check[1]]
      end
    end
  end
  if #names > 0 then
    for i, value in ipairs(call('MGET', unpack(names))) do
      strings[places[i]] = value
    end
  end
end

local function stands(checks)
  for _, check in ipairs(checks) do
    local record = strings[check[1]]
    if check[3] then
      record = call('HGET', KEYS[check[1]], check[3])
    end
    if tonumber(record and string.match(record, '^%d+') or 0) ~= check[2] then
      return false
    end
  end
  return true
end

local records, members, alarms, queues = {}, {}, {}, {}

local function move(moved)
  local key, record, member = moved[1], moved[2], moved[3]
  strings[key] = record
  records[#records + 1], records[#records + 2] = KEYS[key], record
  members[#members + 1] = member
  alarms[member] = moved[4]
  local count, number = moved[5], moved[6]
  if count and tonumber(call('GET', KEYS[count]) or 0) < number then
    call('SET', KEYS[count], number)
  end
end

local function write_moved()
  local waiting, ended = {}, {}
  for member, alarm in pairs(alarms) do
    if alarm == '' then
      ended[#ended + 1] = member
    else
      waiting[#waiting + 1], waiting[#waiting + 2] = alarm, member
    end
  end
  call('MSET', unpack(records))
  call('ZREM', RINGING, unpack(members))
  if #ended > 0 then
    call('ZREM', ALARMS, unpack(ended))
  end
  if #waiting > 0 then
    call('ZADD', ALARMS, unpack(waiting))
  end
end

local function enqueue(item)
  local place, mark = item[2], item[4]
  if mark ~= '' and call('SADD', MARKS, mark) == 0 then
    return
  end
  local queue = queues[place]
  if not queue then
    queue = {KEYS[item[1]]}
    queues[place] = queue
    queues[#queues + 1] = place
  end
  queue[#queue + 1] = item[3]
end

local micros
local function now()
  if not micros then
    local time = call('TIME')
    micros = time[1] * 1000000 + time[2]
  end
  return micros
end

local function push(place, queue)
  if call('RPUSH', unpack(queue)) < #queue then
    local rests = tonumber(call('ZSCORE', RESTING, place) or 0)
    if rests > 0 then
      call('ZREM', RESTING, place)
    end
    call('ZADD', PLACES, 'NX', string.format('%.0f', math.max(now(), rests)), place)
  end
end

local results = {}
read_strings()
for i, decision in ipairs(decisions) do
  local seen, checks, moved, writes, queued = unpack(decision)
  local answer = seen > 0 and call('GET', KEYS[seen])
  if answer then
    results[i] = answer
  elseif not stands(checks) then
    results[i] = 0
  else
    for _, each in ipairs(moved) do
      move(each)
    end
    for _, write in ipairs(writes) do
      call(write[1], KEYS[write[2]], unpack(write, 3))
      strings[write[2]] = write[1] == 'SET' and write[3]
    end
    for _, item in ipairs(queued) do
      enqueue(item)
    end
    results[i] = 1
  end
end

if #records > 0 then
  write_moved()
end
for _, place in ipairs(queues) do
  push(place, queues[place])
end
if #queues > 0 then
  call('PUBLISH', ARGV[2], ARGV[3])
end
return results
