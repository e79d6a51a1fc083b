package dev.sallyport.it;

import dev.sallyport.config.KeyPairFiles;
import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.config.pem.PemWriter;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.config.pki.CertificateSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;

/** An authority for backends on loopback, and files of what it issues. */
final class BackendAuthority {

  private static final Instant FROM = Instant.now().minusSeconds(60);
  private static final Instant TO = Instant.now().plusSeconds(7200);

  private final CertificateAuthority authority = CertificateAuthority.create("peers", FROM, TO);

  /** Its own certificate. */
  String certificate() {
    return PemWriter.certificate(authority.certificate());
  }

  /** Writes NAME.crt and NAME.key of a server on 127.0.0.1. */
  KeyPairFiles server(Path folder, String name) throws IOException {
    return write(
        folder,
        name,
        authority.issue(
            CertificateSpec.server(
                name,
                List.of("localhost"),
                List.of(InetAddress.getByName("127.0.0.1")),
                FROM,
                TO)));
  }

  /** Writes FILE.crt and FILE.key of a client with that name. */
  KeyPairFiles client(Path folder, String file, String name) throws IOException {
    return write(folder, file, authority.issue(CertificateSpec.client(name, List.of(), FROM, TO)));
  }

  private static KeyPairFiles write(Path folder, String name, CertifiedKey pair)
      throws IOException {
    Path certificate = folder.resolve(name + ".crt");
    Path key = folder.resolve(name + ".key");
    replace(certificate, PemWriter.certificates(pair.chain()));
    replace(key, PemWriter.privateKey(pair.key()));
    return new KeyPairFiles(certificate, key);
  }

  /** As tools do that know of readers: all at once. */
  static void replace(Path file, String text) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.writeString(next, text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
