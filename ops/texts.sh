# shellcheck shell=sh
# Made from packages/texts by `make format`. To be sourced in the root of the repository, after ops/setting.sh.

# Prints a text in the language of the installation, without a line end.
text() { # NAME [FACT]
  language=$(setting LANGUAGE en) # a desktop's is a list, such as es_MX:en
  case ${language%%[!a-z]*}:$1 in
    es:dockerNeeded) format='Linkcast necesita Docker con Compose 2.20+: https://docs.docker.com/engine/install/ . Sin Docker: make local' ;;
    es:unhealthy) format='%s no funciona bien. Últimas líneas del registro:' ;;
    es:running) format='Linkcast está en marcha: %s' ;;
    es:signIn) format='Para entrar como propietario, abre esto antes de un día (make sign-in crea otro): %s' ;;
    es:becomeOwner) format='Para ser el propietario del bot, envíale: /start %s' ;;
    es:botNeedsToken) format='El bot no está en marcha porque necesita un token: pídelo a @BotFather, pon TELEGRAM_TOKEN=… en .env y ejecuta make up otra vez.' ;;
    es:thenBecomeOwner) format='Después envíale: /start %s' ;;
    es:databaseNeedsDocker) format='El servidor de base de datos de COMPOSE_PROFILES=postgres solo funciona en Docker. Usa make up, o pon en DATABASE_URL un servidor tuyo.' ;;
    es:badApiToken) format='API_TOKEN: debe tener al menos 24 de los caracteres A-Z a-z 0-9 . _ ~ + / = -' ;;
    es:sharedMediaDir) format='MEDIA_DIR contiene también otras cosas (%s), así que sus permisos no cambian.' ;;
    es:fixedPermissions) format='%s: no se pueden cambiar sus permisos. Comprueba quién puede leerlo.' ;;
    es:installQuestion) format='¿Instalar %s con apt-get? [Y/n] ' ;;
    es:packagesMissing) format='Faltan en este equipo (nombres de paquetes de Debian): %s. Instálalos y vuelve a intentarlo.' ;;
    es:nothingInstalled) format='No se ha instalado nada. Faltan: %s.' ;;
    es:installing) format='Instalando %s' ;;
    es:noBackupDir) format='¿Dónde debe estar la copia de seguridad? Define BACKUP_DIR en .env con una carpeta de otro disco, o ejecuta make backup TO=CARPETA' ;;
    es:nothingToBackUp) format='Todavía no hay nada que copiar: Linkcast nunca se ha iniciado aquí.' ;;
    es:restoreUsage) format='¿Qué copia? Ejecuta make restore FROM=CARPETA con la carpeta de la copia, como /mnt/backup/2026-11-29T03-00-00Z' ;;
    es:askPassphrase) format='Contraseña de la copia de seguridad: ' ;;
    es:restoreInterrupted) format='Se interrumpió una restauración. Ejecuta otra vez make restore FROM=… para completarla.' ;;
    es:rootNeeded) format='Solo root puede hacerlo: apt-get install --no-install-recommends %s' ;;
    ru:dockerNeeded) format='Linkcast нужен Docker с Compose 2.20+: https://docs.docker.com/engine/install/ . Без Docker: make local' ;;
    ru:unhealthy) format='%s работает неправильно. Последние строки журнала:' ;;
    ru:running) format='Linkcast запущен: %s' ;;
    ru:signIn) format='Чтобы войти как владелец, откройте эту ссылку в течение суток (make sign-in создаст новую): %s' ;;
    ru:becomeOwner) format='Чтобы стать владельцем бота, отправьте ему: /start %s' ;;
    ru:botNeedsToken) format='Бот не запущен: ему нужен токен. Получите его у @BotFather, добавьте TELEGRAM_TOKEN=… в .env и снова выполните make up.' ;;
    ru:thenBecomeOwner) format='Затем отправьте боту: /start %s' ;;
    ru:databaseNeedsDocker) format='Сервер базы данных из COMPOSE_PROFILES=postgres работает только в Docker. Запустите make up или укажите свой сервер в DATABASE_URL.' ;;
    ru:badApiToken) format='API_TOKEN: нужно не меньше 24 символов из набора A-Z a-z 0-9 . _ ~ + / = -' ;;
    ru:sharedMediaDir) format='В MEDIA_DIR есть и другие файлы (%s), поэтому права доступа к нему не меняются.' ;;
    ru:fixedPermissions) format='%s: не удалось изменить права доступа. Проверьте, кто может его читать.' ;;
    ru:installQuestion) format='Установить %s через apt-get? [Y/n] ' ;;
    ru:packagesMissing) format='На этой машине не хватает пакетов Debian: %s. Установите их и повторите попытку.' ;;
    ru:nothingInstalled) format='Ничего не установлено. Не хватает: %s.' ;;
    ru:installing) format='Устанавливается: %s' ;;
    ru:noBackupDir) format='Где хранить резервную копию? Укажите в .env BACKUP_DIR — папку на другом диске — или выполните make backup TO=ПАПКА' ;;
    ru:nothingToBackUp) format='Копировать пока нечего: Linkcast здесь ещё не запускали.' ;;
    ru:restoreUsage) format='Какую копию восстановить? Укажите её папку: make restore FROM=ПАПКА, например /mnt/backup/2026-11-29T03-00-00Z' ;;
    ru:askPassphrase) format='Парольная фраза резервной копии: ' ;;
    ru:restoreInterrupted) format='Восстановление было прервано. Чтобы завершить его, выполните make restore FROM=… ещё раз.' ;;
    ru:rootNeeded) format='Это может сделать только root: apt-get install --no-install-recommends %s' ;;
    *:dockerNeeded) format='Linkcast needs Docker with Compose 2.20+: https://docs.docker.com/engine/install/ . Without Docker: make local' ;;
    *:unhealthy) format='%s is unhealthy. Last log lines:' ;;
    *:running) format='Linkcast is running: %s' ;;
    *:signIn) format='To sign in as the owner, open this within a day (make sign-in makes another): %s' ;;
    *:becomeOwner) format='To become the owner of the bot, send it: /start %s' ;;
    *:botNeedsToken) format='The bot is not running, because it needs a token: get one from @BotFather, put TELEGRAM_TOKEN=… into .env, and run make up again.' ;;
    *:thenBecomeOwner) format='Then send it: /start %s' ;;
    *:databaseNeedsDocker) format='The database server of COMPOSE_PROFILES=postgres runs in Docker only. Use make up, or set DATABASE_URL to a server of yours.' ;;
    *:badApiToken) format='API_TOKEN: must be at least 24 of the characters A-Z a-z 0-9 . _ ~ + / = -' ;;
    *:sharedMediaDir) format='MEDIA_DIR holds other things too (%s), so its permissions stay as they are.' ;;
    *:fixedPermissions) format='%s: its permissions cannot be changed. Check who can read it.' ;;
    *:installQuestion) format='Install %s with apt-get? [Y/n] ' ;;
    *:packagesMissing) format='Missing on this machine (names of Debian packages): %s. Install them, then try again.' ;;
    *:nothingInstalled) format='Nothing was installed. Missing: %s.' ;;
    *:installing) format='Installing %s' ;;
    *:noBackupDir) format='Where should the backup be? Set BACKUP_DIR in .env to a directory on another disk, or run make backup TO=DIRECTORY' ;;
    *:nothingToBackUp) format='There is nothing to back up yet: Linkcast was never started here.' ;;
    *:restoreUsage) format='Which backup? Run make restore FROM=DIRECTORY with its folder, such as /mnt/backup/2026-11-29T03-00-00Z' ;;
    *:askPassphrase) format='Passphrase of the backup: ' ;;
    *:restoreInterrupted) format='A restore was interrupted. Run make restore FROM=… again to complete it.' ;;
    *:rootNeeded) format='Only root can do this: apt-get install --no-install-recommends %s' ;;
    *) format=$1 ;;
  esac
  # shellcheck disable=SC2059 # the formats are those above
  printf "$format" "${2:-}"
}
