#!/usr/bin/env bash
# Rewrites the page's fonts: the letters that symbols need, out of STIX Two Text. Needs fontTools with brotli for Python.
set -euo pipefail
cd "$(dirname "$0")/.."
letters="ξχενντθμτΔΣσABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 +-−=.,()/∈∪[]<>≤"
source=node_modules/@expo-google-fonts/stix-two-text
subset() {
  python3 -m fontTools.subset "$source/$1" --text="$letters" --flavor=woff2 --layout-features="" \
    --output-file="web/style/fonts/$2"
}
subset 400Regular/STIXTwoText_400Regular.ttf stix-symbols.woff2
subset 400Regular_Italic/STIXTwoText_400Regular_Italic.ttf stix-symbols-italic.woff2
