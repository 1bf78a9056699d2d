import { keep } from "@boutique/store/keep";
import { most, surely } from "@boutique/store/records";
import type { Redis } from "ioredis";
import { lifetime, limits, type Outcome } from "./cart.ts";

// A cart is a hash: product id -> "quantity:position". Redis forgets the order of a hash's fields once it is large,
// hence the position; that of a new line is beyond all others. Scripts, since Redis runs nothing else meanwhile: two
// shoppers' windows never lose each other's change.
const addToCart = `
  local line = redis.call("HGET", KEYS[1], ARGV[1])
  local quantity, position = 0, 0
  if line then quantity, position = string.match(line, "^(%d+):(%d+)$") end
  quantity = quantity + ARGV[2]
  if quantity > ${limits.quantity} then return "line full" end
  if not line then
    local others = redis.call("HVALS", KEYS[1])
    if #others >= ${limits.lines} then return "cart full" end
    for _, other in ipairs(others) do position = math.max(position, string.match(other, "%d+$") + 1) end
  end
  redis.call("HSET", KEYS[1], ARGV[1], quantity .. ":" .. position)
  redis.call("PEXPIRE", KEYS[1], ${lifetime})
  return "added"`;

// A record says that it was done, for as long as a cart is kept. A hash without a field is gone by itself.
const takeOut = `${keep}
  if keep(KEYS[2], KEYS[3], "", ${most}, ${surely}) then return 0 end
  if #ARGV == 0 then redis.call("DEL", KEYS[1]) end
  for i = 1, #ARGV, 2 do
    local line = redis.call("HGET", KEYS[1], ARGV[i])
    if line then
      local quantity, position = string.match(line, "^(%d+):(%d+)$")
      local left = quantity - ARGV[i + 1]
      if left > 0 then redis.call("HSET", KEYS[1], ARGV[i], left .. ":" .. position)
      else redis.call("HDEL", KEYS[1], ARGV[i]) end
    end
  end
  redis.call("PEXPIRE", KEYS[1], ${lifetime})
  return 1`;

/** What Redis does with a cart in one go. */
export interface Scripts {
  addToCart(cart: string, productId: string, quantity: number): Promise<Outcome>;
  /** 0 when the record was there before; `records` is what all of them are counted in. */
  takeOut(cart: string, record: string, records: string, ...productsAndQuantities: (string | number)[]): Promise<0 | 1>;
}

/** Teaches a client the scripts. */
export function withScripts(redis: Redis): Redis & Scripts {
  redis.defineCommand("addToCart", { numberOfKeys: 1, lua: addToCart });
  redis.defineCommand("takeOut", { numberOfKeys: 3, lua: takeOut });
  return redis as Redis & Scripts;
}
