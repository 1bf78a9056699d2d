// Original file: ../../protos/shop.proto


export interface AdInit {
  /**
   * A path below the storefront's root.
   */
  'redirectUrl'?: (string);
  'text'?: (string);
}

export interface Ad {
  /**
   * A path below the storefront's root.
   */
  'redirectUrl': (string);
  'text': (string);
}
