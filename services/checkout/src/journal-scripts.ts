import { LEASE_MS, LIFETIME_MS, MOST_LISTED, MOST_ORDERS } from "./journal.ts";

// An order is a hash of its holder and its text. What is not settled stands in one sorted set by the end of its lease, by
// Redis's clock; what is settled in another, by which the oldest is forgotten; and confirmed orders in one of each shopper.
// Scripts, since Redis runs nothing else meanwhile: to look who holds an order and to write to it is one step.

/** What the keys of checkout begin with; other services keep theirs in the same Redis. */
export const prefix = "checkout:";

const now = `
  local time = redis.call("TIME")
  local now = time[1] * 1000 + math.floor(time[2] / 1000)`;

/** Writes an order unless another holds it. KEYS: order, unsettled, settled, its shopper's. ARGV: id, holder, text, lease (below 0: none any more), listed. */
export const write = `${now}
  local holder = redis.call("HGET", KEYS[1], "holder")
  if holder and holder ~= ARGV[2] then return 0 end
  redis.call("HSET", KEYS[1], "holder", ARGV[2], "order", ARGV[3])
  redis.call("PEXPIRE", KEYS[1], ${LIFETIME_MS})
  if ARGV[5] == "1" then
    redis.call("ZADD", KEYS[4], "NX", now, ARGV[1])
    redis.call("ZREMRANGEBYRANK", KEYS[4], 0, -${MOST_LISTED + 1})
    redis.call("PEXPIRE", KEYS[4], ${LIFETIME_MS})
  end
  if tonumber(ARGV[4]) >= 0 then
    redis.call("ZADD", KEYS[2], now + ARGV[4], ARGV[1])
    return 1
  end
  redis.call("ZREM", KEYS[2], ARGV[1])
  redis.call("ZADD", KEYS[3], now, ARGV[1])
  while redis.call("ZCARD", KEYS[3]) > ${MOST_ORDERS} do
    redis.call("DEL", "${prefix}order:" .. redis.call("ZPOPMIN", KEYS[3])[1])
  end
  return 1`;

/** Forgets an order that the holder holds. KEYS: order, unsettled. ARGV: id, holder. */
export const forget = `
  if redis.call("HGET", KEYS[1], "holder") ~= ARGV[2] then return 0 end
  redis.call("ZREM", KEYS[2], ARGV[1])
  return redis.call("DEL", KEYS[1])`;

/** Gives orders whose lease ran out to a holder: their ids and texts. KEYS: unsettled. ARGV: holder, most. */
export const takeUp = `${now}
  local found = {}
  for _, id in ipairs(redis.call("ZRANGEBYSCORE", KEYS[1], "-inf", now, "LIMIT", 0, ARGV[2])) do
    local order = redis.call("HGET", "${prefix}order:" .. id, "order")
    if order then
      redis.call("HSET", "${prefix}order:" .. id, "holder", ARGV[1])
      redis.call("ZADD", KEYS[1], now + ${LEASE_MS}, id)
      table.insert(found, id)
      table.insert(found, order)
    else
      redis.call("ZREM", KEYS[1], id)
    end
  end
  return found`;
