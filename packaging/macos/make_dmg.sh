#!/bin/sh
# Signs build/frozen/SpeechRNN.app and packs it as a .dmg: make_dmg.sh VERSION
# CODESIGN_IDENTITY names a certificate; without one the app is signed for this Mac only ("-"), and others must allow it
# by hand. NOTARY_PROFILE names credentials that notarytool keeps; with both, Apple is asked to notarize the image.
set -eu
cd "$(dirname "$0")/../.."
version=$1
app=build/frozen/SpeechRNN.app
image=dist/speechrnn-$version-macos-$(uname -m).dmg
identity=${CODESIGN_IDENTITY:--}
rights=packaging/macos/entitlements.plist

hardened="--options runtime --timestamp"
[ "$identity" = - ] && hardened=""
# Libraries first, then the app around them. The entitlements are given again: signing without them takes them away,
# and the microphone then gives zeros.
find "$app" -type f \( -name '*.so' -o -name '*.dylib' \) -print0 |
    xargs -0 -n 32 codesign --force --sign "$identity" $hardened
for program in "$app"/Contents/MacOS/*; do
    codesign --force --sign "$identity" $hardened --entitlements "$rights" "$program"
done
codesign --force --sign "$identity" $hardened --entitlements "$rights" "$app"
codesign --verify --deep --strict "$app"
codesign --display --entitlements - "$app" 2>/dev/null | grep -q audio-input || {
    echo "the app has lost its right to the microphone" >&2
    exit 1
}

stage=build/dmg
rm -rf "$stage"
mkdir -p "$stage" dist
cp -R "$app" "$stage/"
ln -s /Applications "$stage/Applications"
hdiutil create -volname SpeechRNN -srcfolder "$stage" -ov -format ULFO "$image"
rm -rf "$stage"
if [ "$identity" != - ]; then
    codesign --force --sign "$identity" --timestamp "$image"
    if [ -n "${NOTARY_PROFILE:-}" ]; then
        xcrun notarytool submit "$image" --keychain-profile "$NOTARY_PROFILE" --wait
        xcrun stapler staple "$image"
    fi
fi
echo "$image"
