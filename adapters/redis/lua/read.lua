-- Reads everything one command needs.
--
--   KEYS[1]   seen      string  what the command was answered
--   KEYS[2]   desk      string  the desk's record
--   KEYS[3]   sellers   hash    seller -> record
--   KEYS[4]   count     string  the last number given                        written when contested
--   KEYS[5]   person    string  the person's record
--   KEYS[6]   draft     string  the person's draft
--   KEYS[7]   index     zset    the person's open inquiries by opening
--   KEYS[8]   index     zset    the named seller's open inquiries
--   KEYS[9]   cards     hash    card's message -> number:party
--   KEYS[10]  told      string  number:party of another notice
--   learned   inquiry   string  ARGV[1] .. number, within the slot of the declared keys
--
--   ARGV[1]   what the keys of the desk's inquiries begin with
--   ARGV[2]   wanted: any of n(umber) m(essage) p(erson) s(ellers) i (mine) o(pening) c(ontested)
--   ARGV[3]   the inquiry's number, when wanted
--   ARGV[4]   the message, when wanted
--   ARGV[5]   the seller, '' for the inquiry's own
--   ARGV[6]   how many of the person's inquiries at most
--
-- Returns {answered, desk, person, draft, number:party, inquiry, seller, sellers, mine, how many the person has open,
-- how many the named seller has, fresh number}.

local function wants(letter)
  return string.find(ARGV[2], letter, 1, true)
end

local function numbered(numbers)
  local records = {}
  for _, number in ipairs(numbers) do
    local record = redis.call('GET', ARGV[1] .. number)
    if record then
      records[#records + 1] = record
    end
  end
  return records
end

local answered = redis.call('GET', KEYS[1])
local desk = redis.call('GET', KEYS[2])

local person, draft, open, mine = false, false, 0, {}
if wants('p') then
  person = redis.call('GET', KEYS[5])
  draft = redis.call('GET', KEYS[6])
  open = redis.call('ZCARD', KEYS[7])
  if wants('i') then
    mine = numbered(redis.call('ZRANGE', KEYS[7], 0, ARGV[6] - 1, 'REV'))
  end
end

local line = false
if wants('m') then
  line = redis.call('HGET', KEYS[9], ARGV[4]) or redis.call('GET', KEYS[10])
end
local number = wants('n') and ARGV[3] or line and string.match(line, '^%d+')
local inquiry = number and redis.call('GET', ARGV[1] .. number)

local seller = ARGV[5]
if seller == '' and inquiry then
  seller = string.match(inquiry, '^%d+:[^:]*:([^:]*):')
end
local sellers = wants('s') and redis.call('HVALS', KEYS[3]) or {}

local fresh = 0
if wants('o') and desk and not answered then
  fresh = wants('c') and redis.call('INCR', KEYS[4]) or (redis.call('GET', KEYS[4]) or 0) + 1
end

return {
  answered, desk, person, draft, line, inquiry,
  seller ~= '' and redis.call('HGET', KEYS[3], seller),
  sellers, mine, open, ARGV[5] ~= '' and redis.call('ZCARD', KEYS[8]) or 0, fresh,
}
