// Original file: ../../protos/shop.proto


/**
 * Asks what became of something by the key that it was asked for with.
 */
export interface ResolveRequestInit {
  'idempotencyKey'?: (string);
}

/**
 * Asks what became of something by the key that it was asked for with.
 */
export interface ResolveRequest {
  'idempotencyKey': (string);
}
