package dev.sallyport.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A container image made of this machine's own nginx and the libraries it needs: no registry is
 * asked for anything.
 */
final class LocalImage {

  private LocalImage() {}

  /** Makes the image with the configuration inside it and answers its name. */
  static String ofNginx(Path folder, String configuration) throws IOException {
    Files.writeString(folder.resolve("nginx.conf"), configuration);
    Tool.bash(
            folder,
            Map.of(),
            """
            set -e
            nginx=$(command -v nginx || echo /usr/sbin/nginx)
            mkdir -p root/etc root/tmp root/www root/var/log/nginx root/var/lib/nginx
            cp nginx.conf root/etc/nginx.conf
            for file in "$nginx" $(ldd "$nginx" | grep -o '/[^ ]*'); do
              mkdir -p "root$(dirname "$file")"; cp -L "$file" "root$file"
            done
            printf 'root:x:0:0::/:/none\\n' > root/etc/passwd
            printf 'root:x:0:\\n' > root/etc/group
            tar -C root -c . | docker import --change "CMD [\\"$nginx\\", \\"-c\\", \\"/etc/nginx.conf\\"]" \
              - sallyport-test-nginx:local
            """)
        .expectSuccess();
    return "sallyport-test-nginx:local";
  }
}
