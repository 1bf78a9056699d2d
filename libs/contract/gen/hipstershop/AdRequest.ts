// Original file: ../../protos/shop.proto


export interface AdRequestInit {
  'contextKeys'?: (string)[];
}

export interface AdRequest {
  'contextKeys': (string)[];
}
