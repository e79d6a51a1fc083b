package dev.sallyport.server.bootstrap;

import dev.sallyport.config.BootstrapConfig;
import dev.sallyport.config.ConfigException;
import dev.sallyport.config.Fault;
import dev.sallyport.config.KeyPairFiles;
import dev.sallyport.config.ServerConfig;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.options.FileFault;
import dev.sallyport.config.pem.Certificates;
import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.config.pem.PemWriter;
import dev.sallyport.config.pki.KeyPairs;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes what no flag supplies, in the data directory: a CA, the serving certificate, the key of
 * service-account tokens, an administrator's certificate and kubeconfig. What is there stays, until
 * it comes near its end or the certificate lacks a name that the server has today.
 */
public final class FirstStart {
  private final ServerConfig config;
  private final BootstrapConfig bootstrap;
  private final Authority authority;
  private final Clock clock;

  private FirstStart(ServerConfig config, Clock clock) {
    this.config = config;
    this.bootstrap = config.bootstrap();
    this.clock = clock;
    this.authority = new Authority(bootstrap.authority(), clock);
  }

  /**
   * Makes what is missing. Two servers that start at once on one folder make it once.
   *
   * @throws ConfigException if a folder cannot be written or a file in it is broken
   */
  public static void prepare(ServerConfig config, Clock clock) {
    new FirstStart(config, clock).prepare();
  }

  /**
   * Writes the administrator's kubeconfig, if the administrator's certificate comes from here.
   *
   * @param port the port the server listens on
   * @return the file
   */
  public static Optional<Path> writeKubeconfig(ServerConfig config, int port) {
    if (!config.bootstrap().clientCa()) {
      return Optional.empty();
    }
    Path file = config.storage().dataDir().resolve("admin.kubeconfig");
    try {
      KeyPairFiles admin = config.bootstrap().adminPair();
      String text =
          new Kubeconfig(
                  ServerUrl.of(config.serving().bindAddress(), port),
                  PemWriter.certificates(Certificates.read(trust(config))),
                  "admin",
                  CertifiedKey.read(admin.certificate(), admin.key()))
              .text();
      if (!Files.exists(file) || !text.equals(Files.readString(file))) {
        Authority.write(file, text);
      }
      return Optional.of(file);
    } catch (InvalidFileException e) {
      throw new ConfigException(FileFault.of("--data-dir", "files of the first start", e));
    } catch (IOException e) {
      throw new ConfigException(new Fault("--data-dir", file.toString(), "a readable file"));
    }
  }

  /** What clients check the serving certificate with: its root if we know it, else itself. */
  public static Path trust(ServerConfig config) {
    return config.signing().rootCa().orElse(config.serving().keyPair().certificate());
  }

  private void prepare() {
    DataFolder.make("--data-dir", config.storage().dataDir());
    Path folder = bootstrap.folder();
    if (!bootstrap.needsAuthority() && !bootstrap.serviceAccountKey()) {
      return;
    }
    if (!folder.equals(config.storage().dataDir())) {
      DataFolder.make("--cert-dir", folder);
    }
    String flag = folder.equals(config.storage().dataDir()) ? "--data-dir" : "--cert-dir";
    try (FileChannel channel = openLock(folder.resolve(".first-start.lock"));
        FileLock lock = channel.lock()) {
      make();
    } catch (InvalidFileException e) {
      throw new ConfigException(FileFault.of(flag, "files of the first start", e));
    } catch (IOException e) {
      throw new ConfigException(
          new Fault(flag, folder.toString(), "a folder that can be written to; " + e.getMessage()));
    }
  }

  private static FileChannel openLock(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private void make() throws InvalidFileException {
    if (bootstrap.needsAuthority()) {
      authority.make();
    }
    if (bootstrap.serving()) {
      makeServing();
    }
    if (bootstrap.clientCa()) {
      makeAdmin();
    }
    if (bootstrap.serviceAccountKey()) {
      makeServiceAccountKey();
    }
  }

  private void makeServing() throws InvalidFileException {
    ServerNames names = ServerNames.of(config.serving().bindAddress());
    Optional<X509Certificate> there = current(bootstrap.servingPair());
    boolean foreign = there.isPresent() && !authority.issued(there.get());
    if (there.isEmpty() || !(foreign || names.areIn(there.get()))) {
      write(bootstrap.servingPair(), authority.server(names, Lifetime.YEAR));
    }
  }

  private void makeAdmin() throws InvalidFileException {
    if (current(bootstrap.adminPair()).isEmpty()) {
      write(
          bootstrap.adminPair(),
          authority.client("kubernetes-admin", List.of("system:masters"), Lifetime.YEAR));
    }
  }

  private void makeServiceAccountKey() throws InvalidFileException {
    if (Files.exists(bootstrap.serviceAccountKeyFile())) {
      return;
    }
    KeyPair pair = KeyPairs.ecP256();
    Authority.write(bootstrap.serviceAccountPublicKeyFile(), PemWriter.publicKey(pair.getPublic()));
    Authority.write(bootstrap.serviceAccountKeyFile(), PemWriter.ecPrivateKey(pair));
  }

  /** The certificate that is there, if it can stay: one of somebody else's, or a whole one. */
  private Optional<X509Certificate> current(KeyPairFiles files) throws InvalidFileException {
    if (!Files.exists(files.certificate()) || !Files.exists(files.key())) {
      return Optional.empty();
    }
    X509Certificate leaf = Certificates.read(files.certificate()).get(0);
    X509Certificate issuer = Certificates.read(bootstrap.authority().certificate()).get(0);
    boolean stays =
        !authority.issued(leaf) || (isWhole(files, issuer) && !Lifetime.isOver(leaf, clock));
    return stays ? Optional.of(leaf) : Optional.empty();
  }

  /** Not of an earlier authority, nor half written when the machine went down. */
  private static boolean isWhole(KeyPairFiles files, X509Certificate issuer) {
    try {
      CertifiedKey.read(files.certificate(), files.key()).leaf().verify(issuer.getPublicKey());
      return true;
    } catch (InvalidFileException | GeneralSecurityException e) {
      return false;
    }
  }

  private static void write(KeyPairFiles files, CertifiedKey pair) throws InvalidFileException {
    // Until the certificate follows the pair does not match: after a crash in between the next
    // start makes both again.
    Authority.write(files.key(), PemWriter.privateKey(pair.key()));
    Authority.write(files.certificate(), PemWriter.certificates(pair.chain()));
  }
}
