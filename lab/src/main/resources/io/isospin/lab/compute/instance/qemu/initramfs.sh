#!/bin/sh
# Packs what a guest has in the place of a disk: busybox, the kernel's modules, and its scripts.
#   initramfs.sh KERNEL SCRIPTS TARGET
# KERNEL is what kernel.sh made; SCRIPTS holds the files of /etc.
set -e
kernel=$1 scripts=$2 target=$3
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
umask 022
cd "$tree"
chmod 0755 .
mkdir -p bin dev etc/acpi/PWRF home/cirros lib mnt proc root run sys tmp var/lib/cloud
busybox=$(command -v busybox)
cp "$busybox" bin/busybox
if ldd bin/busybox > /dev/null 2>&1; then
    echo "$busybox needs libraries, which a guest has not: install busybox-static" >&2
    exit 1
fi
"$busybox" --list | while read -r applet; do
    [ "$applet" = busybox ] || ln -s busybox "bin/$applet"
done
ln -s bin sbin
ln -s bin/busybox init
cp -r "$kernel/lib/modules" lib/

cp "$scripts/inittab" "$scripts/issue" etc/
for script in rc console network link identify run-user-data dhcp.sh metadata.sh; do
    cp "$scripts/$script" etc/
    chmod 0755 "etc/$script"
done
cp "$scripts/power" etc/acpi/PWRF/00000080
chmod 0755 etc/acpi/PWRF/00000080
ln -s /proc/mounts etc/mtab
printf 'root:x:0:0:root:/root:/bin/sh\ncirros:x:1000:1000:CirrOS:/home/cirros:/bin/sh\n' > etc/passwd
printf 'root:x:0:\ncirros:x:1000:\n' > etc/group
printf 'root:!:19000::::::\ncirros:%s:19000::::::\n' "$("$busybox" mkpasswd -m sha256 gocubsgo isospinlab)" > etc/shadow
chmod 0600 etc/shadow
chmod 1777 tmp
chown 1000:1000 home/cirros

# Level 1, as a guest unpacks it without help of the processor.
find . | "$busybox" cpio --quiet -o -H newc | gzip -1 > "$target.new"
mv "$target.new" "$target"
