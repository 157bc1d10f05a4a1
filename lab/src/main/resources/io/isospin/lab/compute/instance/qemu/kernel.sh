#!/bin/sh
# Fetches Debian's kernel for clouds and takes of it what a guest needs, without installing it.
#   kernel.sh DIRECTORY
# leaves vmlinuz and lib/modules there.
set -e
directory=$1
mkdir -p "$directory"
cd "$directory"

# Where the lists of packages are missing or old, what they name cannot be fetched: once anew then.
fetch() {
    package=$(apt-cache depends linux-image-cloud-amd64 2> /dev/null | sed -n 's/^ *Depends: //p' | head -n 1)
    [ -n "$package" ] && apt-get --quiet download "$package"
}
fetch || { apt-get --quiet update && fetch; } || {
    echo "Debian's package linux-image-cloud-amd64 cannot be fetched: see to it that apt-get reaches a mirror" >&2
    exit 1
}

dpkg-deb --fsys-tarfile "$package"_*.deb > package.tar
rm -f "$package"_*.deb
tar --extract --file package.tar --wildcards \
    './boot/vmlinuz-*' './lib/modules/*/kernel/drivers/virtio/*' './lib/modules/*/kernel/drivers/net/*failover.ko*' \
    './lib/modules/*/kernel/drivers/net/virtio_net.ko*' './lib/modules/*/kernel/net/core/failover.ko*'
# What else there may be as a module, or built in.
for module in drivers/block/virtio_blk drivers/acpi/button drivers/input/evdev fs/fat/fat fs/fat/vfat \
    fs/nls/nls_cp437 fs/nls/nls_ascii fs/nls/nls_utf8; do
    tar --extract --file package.tar --wildcards "./lib/modules/*/kernel/$module.ko*" 2> /dev/null || true
done
rm -f package.tar
mv boot/vmlinuz-* vmlinuz
rmdir boot
find lib -name '*.ko.xz' -exec busybox unxz {} +
find lib -name 'virtio_mem.ko' -o -name 'virtio_balloon.ko' -o -name 'virtio_input.ko' -o -name 'virtio_mmio.ko' |
    xargs rm -f
busybox depmod -b . "$(ls lib/modules)"
