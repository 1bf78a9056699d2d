import { lifetime } from "./records.ts";

/**
 * A function for scripts that Redis runs, keep(record, records, text, most, surely): keeps a text by the key `record` and answers
 * false, or answers what is there already. The sorted set `records` says since when each is there, in microseconds, which
 * no two scripts share; the oldest go when there are too many, but for those that somebody may still ask about.
 */
export const keep = `
  local function keep(record, records, text, most, surely)
    local found = redis.call("GET", record)
    if found then return found end
    local time = redis.call("TIME")
    local now = time[1] * 1000000 + time[2]
    redis.call("SET", record, text, "PX", ${lifetime})
    redis.call("ZADD", records, now, record)
    redis.call("PEXPIRE", records, ${lifetime})
    redis.call("ZREMRANGEBYSCORE", records, "-inf", now - ${lifetime * 1_000})
    while redis.call("ZCARD", records) > most do
      local oldest = redis.call("ZRANGE", records, 0, 0, "WITHSCORES")
      if tonumber(oldest[2]) > now - surely * 1000 then break end
      redis.call("ZREM", records, oldest[1])
      redis.call("DEL", oldest[1])
    end
    return false
  end`;
