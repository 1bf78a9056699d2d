// Original file: ../../protos/shop.proto


export interface EmptyInit {
}

export interface Empty {
}
