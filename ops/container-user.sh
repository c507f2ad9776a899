# Sourced: sets LINKCAST_UID and LINKCAST_GID. The containers run as the owner of ./data: the person who starts them, or 1000
# when root does. Needs setting.sh.
if [ "$(id -u)" -eq 0 ]; then
  LINKCAST_UID=$(setting LINKCAST_UID 1000)
  LINKCAST_GID=$(setting LINKCAST_GID 1000)
else
  LINKCAST_UID=$(id -u) LINKCAST_GID=$(id -g)
fi
export LINKCAST_UID LINKCAST_GID
