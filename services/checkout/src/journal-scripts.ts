import { LEASE_MS, LIFETIME_MS, MOST_LISTED, MOST_ORDERS, SURELY_MS } from "./journal.ts";

// An order is a hash of its holder and its text. What is not settled stands in one sorted set by the end of its lease, by
// Redis's clock; what is settled in another, by which the oldest are forgotten; and confirmed orders in one of each shopper.
// Scripts, since Redis runs nothing else meanwhile: to look who holds an order and to write to it is one step.

/** What the keys of checkout begin with; other services keep theirs in the same Redis. */
export const prefix = "checkout:";

const now = `
  local time = redis.call("TIME")
  local now = time[1] * 1000 + math.floor(time[2] / 1000)`;

/**
 * Writes an order unless another holds it, or its holder has written since: a command that was late on a broken connection
 * undoes nothing. KEYS: order, unsettled, settled, parked, its shopper's. ARGV: id, holder, the number of the write, text,
 * lease ("settled" or "parked": none any more), listed.
 */
export const write = `${now}
  local holder, last = unpack(redis.call("HMGET", KEYS[1], "holder", "write"))
  if holder and (holder ~= ARGV[2] or tonumber(ARGV[3]) <= tonumber(last or 0)) then return 0 end
  redis.call("HSET", KEYS[1], "holder", ARGV[2], "write", ARGV[3], "order", ARGV[4])
  redis.call("PEXPIRE", KEYS[1], ${LIFETIME_MS})
  if ARGV[6] == "1" then
    redis.call("ZADD", KEYS[5], "NX", now, ARGV[1])
    redis.call("ZREMRANGEBYRANK", KEYS[5], 0, -${MOST_LISTED + 1})
    redis.call("PEXPIRE", KEYS[5], ${LIFETIME_MS})
  end
  for _, place in ipairs({ KEYS[2], KEYS[3], KEYS[4] }) do redis.call("ZREM", place, ARGV[1]) end
  if ARGV[5] == "parked" then
    redis.call("HDEL", KEYS[1], "tries")
    redis.call("ZADD", KEYS[4], now, ARGV[1])
    redis.call("ZREMRANGEBYSCORE", KEYS[4], "-inf", now - ${LIFETIME_MS})
  elseif ARGV[5] == "settled" then
    redis.call("ZADD", KEYS[3], now, ARGV[1])
    while redis.call("ZCARD", KEYS[3]) > ${MOST_ORDERS} do
      local oldest = redis.call("ZRANGE", KEYS[3], 0, 0, "WITHSCORES")
      if tonumber(oldest[2]) > now - ${SURELY_MS} then break end
      redis.call("ZREM", KEYS[3], oldest[1])
      redis.call("DEL", "${prefix}order:" .. oldest[1])
    end
  else
    redis.call("ZADD", KEYS[2], now + ARGV[5], ARGV[1])
  end
  return 1`;

/** Forgets an order unless another holds it. KEYS: order, unsettled. ARGV: id, holder. */
export const forget = `
  local holder = redis.call("HGET", KEYS[1], "holder")
  if holder and holder ~= ARGV[2] then return 0 end
  redis.call("ZREM", KEYS[2], ARGV[1])
  redis.call("DEL", KEYS[1])
  return 1`;

/**
 * Gives orders whose lease ran out to a holder: their ids, how often that happened, and their texts. KEYS: unsettled,
 * parked. ARGV: holder, most.
 */
export const takeUp = `${now}
  local found = {}
  for _, id in ipairs(redis.call("ZRANGEBYSCORE", KEYS[1], "-inf", now, "LIMIT", 0, ARGV[2])) do
    local key = "${prefix}order:" .. id
    local order = redis.call("HGET", key, "order")
    if order then
      redis.call("HSET", key, "holder", ARGV[1], "write", 0)
      redis.call("ZADD", KEYS[1], now + ${LEASE_MS}, id)
      redis.call("ZREM", KEYS[2], id)
      for _, part in ipairs({ id, redis.call("HINCRBY", key, "tries", 1), order }) do table.insert(found, part) end
    else
      redis.call("ZREM", KEYS[1], id)
    end
  end
  return found`;

/** Leaves an order that cannot be read for an hour, in which somebody may come who can. KEYS: unsettled. ARGV: id. */
export const leave = `${now}
  redis.call("ZADD", KEYS[1], "XX", now + 3600000, ARGV[1])`;
