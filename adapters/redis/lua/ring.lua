-- Leases alarms that are due, first those whose lease ran out, and gives them with their records.
--
--   KEYS[1]   alarms    zset    desk.number by next alarm                    read, written
--   KEYS[2]   ringing   zset    desk.number by the end of its lease          read, written
--   learned   inquiry, desk and sellers of each, within the slot of the declared keys
--
--   ARGV[1]   now on the desk's clock, in microseconds
--   ARGV[2]   how many at most
--   ARGV[3]   how long the lease is, in microseconds
--   ARGV[4]   the partition's tag
--
-- Returns {alarms, desks, sellers}: alarms as {inquiry, what it was set for ('' where a lease ran out), desk's place
-- in desks, seller's in sellers}; each record of a desk or seller once. An alarm without an inquiry is leased too,
-- and given to nobody: the audit counts it.

local function micros()
  local time = redis.call('TIME')
  return time[1] * 1000000 + time[2]
end

local time = micros()
local members = redis.call('ZRANGE', KEYS[2], '-inf', string.format('%.0f', time), 'BYSCORE', 'LIMIT', 0, ARGV[2])
local set_for = {}
local rest = ARGV[2] - #members
if rest > 0 then
  local due = redis.call('ZRANGE', KEYS[1], '-inf', ARGV[1], 'BYSCORE', 'LIMIT', 0, rest, 'WITHSCORES')
  local fresh = {}
  for i = 1, #due, 2 do
    fresh[#fresh + 1] = due[i]
    members[#members + 1] = due[i]
    set_for[due[i]] = due[i + 1]
  end
  if #fresh > 0 then
    redis.call('ZREM', KEYS[1], unpack(fresh))
  end
end
if #members == 0 then
  return {{}, {}, {}}
end

local leased = {}
local lease_end = string.format('%.0f', time + ARGV[3])
for i, member in ipairs(members) do
  leased[i * 2 - 1] = lease_end
  leased[i * 2] = member
end
redis.call('ZADD', KEYS[2], unpack(leased))

-- Records met before stand in `found` by key, so that each is read and sent once.
local function once(records, found, key, read)
  if not found[key] then
    records[#records + 1] = read()
    found[key] = #records
  end
  return found[key]
end

local names = {}
for i, member in ipairs(members) do
  names[i] = ARGV[4] .. ':inquiry:' .. member
end
local inquiries = redis.call('MGET', unpack(names))

local alarms, desks, sellers, found = {}, {}, {}, {}
for i, member in ipairs(members) do
  local inquiry = inquiries[i]
  if inquiry then
    local desk = string.match(member, '^[^.]*')
    local seller = string.match(inquiry, '^%d+:[^:]*:([^:]*):')
    alarms[#alarms + 1] = {
      inquiry,
      set_for[member] or '',
      once(desks, found, desk, function()
        return redis.call('GET', ARGV[4] .. ':desk:' .. desk)
      end),
      once(sellers, found, desk .. ':' .. seller, function()
        return redis.call('HGET', ARGV[4] .. ':sellers:' .. desk, seller)
      end),
    }
  end
end
return {alarms, desks, sellers}
