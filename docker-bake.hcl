# What `npm run images` builds where Docker has buildx: all images at once, for several platforms if asked to.
# A test holds the list against the roster, and the variants against scripts/images/options.ts.

variable "VERSION" { default = "unknown" }
variable "REVISION" { default = "unknown" }
# A commit that is not known is no tag.
variable "TAGS" { default = REVISION == "unknown" ? [VERSION] : [VERSION, REVISION] }
variable "SOURCE" { default = "" }
variable "REGISTRY" { default = "boutique" }
variable "PLATFORMS" { default = "" }
variable "NODE_IMAGE" { default = "" }

group "default" {
  targets = ["service", "loadgenerator"]
}

target "from-node" {
  dockerfile = "Dockerfile.base"
  # Without a word the one that Dockerfile.base pins.
  args      = { NODE_IMAGE = NODE_IMAGE != "" ? NODE_IMAGE : null }
  platforms = PLATFORMS != "" ? split(",", PLATFORMS) : null
}

target "build" {
  inherits = ["from-node"]
  target   = "build"
  tags     = ["boutique/build:latest"]
}

target "base" {
  inherits = ["from-node"]
  tags     = ["boutique/base:latest"]
}

target "from-base" {
  contexts = { "boutique/base" = "target:base" }
  args = {
    VERSION  = VERSION
    REVISION = REVISION
    SOURCE   = SOURCE
  }
  platforms = PLATFORMS != "" ? split(",", PLATFORMS) : null
}

target "service" {
  inherits = ["from-base"]
  matrix = {
    item = [
      { folder = "frontend", workload = "frontend" },
      { folder = "cart", workload = "cartservice" },
      { folder = "catalog", workload = "productcatalogservice" },
      { folder = "currency", workload = "currencyservice" },
      { folder = "checkout", workload = "checkoutservice" },
      { folder = "payment", workload = "paymentservice" },
      { folder = "shipping", workload = "shippingservice" },
      { folder = "email", workload = "emailservice" },
      { folder = "ad", workload = "adservice" },
      { folder = "recommendation", workload = "recommendationservice" },
    ]
  }
  name       = item.workload
  dockerfile = "services/${item.folder}/Dockerfile"
  tags       = [for tag in TAGS : "${REGISTRY}/${item.workload}:${tag}"]
}

target "loadgenerator" {
  inherits   = ["from-base"]
  contexts   = { "boutique/build" = "target:build" }
  dockerfile = "loadgen/Dockerfile"
  tags       = [for tag in TAGS : "${REGISTRY}/loadgenerator:${tag}"]
}

target "canary" {
  inherits = ["from-base"]
  matrix = {
    variant = [
      { name = "v2", latency = "", rate = "", paths = "" },
      { name = "v3", latency = "3s", rate = "", paths = "" },
      { name = "v-error", latency = "", rate = "0.5", paths = "/product/" },
    ]
  }
  name       = "frontend-${variant.name}"
  dockerfile = "services/frontend/Dockerfile"
  args = {
    CANARY           = variant.name
    FAULT_LATENCY    = variant.latency
    FAULT_ERROR_RATE = variant.rate
    FAULT_PATHS      = variant.paths
  }
  tags = ["${REGISTRY}/frontend:${VERSION}-${variant.name}"]
}
