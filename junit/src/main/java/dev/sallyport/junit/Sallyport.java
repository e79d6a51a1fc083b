package dev.sallyport.junit;

import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.pem.Certificates;
import dev.sallyport.config.pem.PemWriter;
import dev.sallyport.server.assembly.InProcess;
import dev.sallyport.server.bootstrap.Authority;
import dev.sallyport.server.bootstrap.FirstStart;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A Kubernetes API server in this process: on a free port of the loopback interface, its objects in
 * memory, its keys in a temporary folder that {@link #close} removes. RBAC decides who may do what.
 * As many as are wanted run side by side. Logs by SLF4J only, and leaves signals and exit codes
 * alone. Safe for use by several threads; every method blocks until it is done.
 */
public final class Sallyport implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;
  private static final Duration CREDENTIAL_LIFE = Duration.ofDays(1);

  private final TemporaryFolder folder;
  private final InProcess server;
  private final String authorities;
  private final Authority authority;
  private final Api api;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Sallyport(TemporaryFolder folder, InProcess server) throws InvalidFileException {
    this.folder = folder;
    this.server = server;
    this.authorities = PemWriter.certificates(Certificates.read(FirstStart.trust(server.config())));
    this.authority = Authority.in(server.config().bootstrap().folder(), Clock.systemUTC());
    this.api = new Api(this::admin);
  }

  /**
   * Starts a server that is ready when this returns.
   *
   * @param flags what shall differ, in kube-apiserver's syntax: {@code
   *     "--authorization-mode=AlwaysAllow"}
   * @throws dev.sallyport.config.ConfigException with every fault of the flags
   */
  public static Sallyport start(String... flags) {
    TemporaryFolder folder = TemporaryFolder.make();
    List<String> all = new ArrayList<>();
    all.add("--data-dir=" + folder.path().resolve("data"));
    all.add("--storage-engine=memory");
    all.add("--secure-port=0");
    all.addAll(List.of(flags));
    try {
      return new Sallyport(folder, wait(InProcess.start(all, Clock.systemUTC())));
    } catch (InvalidFileException e) {
      folder.delete();
      throw new IllegalStateException(e);
    } catch (RuntimeException e) {
      folder.delete();
      throw e;
    }
  }

  /** The API's address: {@code https://127.0.0.1:PORT}. */
  public String url() {
    return server.url();
  }

  public int port() {
    return server.port();
  }

  /** PEM text that clients check the server with. */
  public String caCertificate() {
    return authorities;
  }

  /** Of an administrator in {@code system:masters}, who may do everything. */
  public Credentials admin() {
    return user("kubernetes-admin", "system:masters");
  }

  /**
   * Of a user, known by a fresh client certificate. Who is new may do nothing yet: see {@link
   * #grant(String, String)}.
   *
   * @throws IllegalStateException when {@code --client-ca-file} names an authority whose
   *     certificates cannot be made here
   */
  public Credentials user(String name, String... groups) {
    if (closed.get()) {
      throw new IllegalStateException("this server is closed");
    }
    if (!server.config().bootstrap().clientCa()) {
      throw new IllegalStateException(
          "--client-ca-file names an authority of your own: only it can make users");
    }
    try {
      return Credentials.ofCertificate(
          url(), authorities, name, authority.client(name, List.of(groups), CREDENTIAL_LIFE));
    } catch (InvalidFileException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Of a service account, by a token that the API issues for it for an hour. The account is made if
   * it is missing; its namespace must be there.
   */
  public Credentials serviceAccount(String namespace, String name) {
    return Credentials.ofToken(
        url(),
        authorities,
        "system:serviceaccount:" + namespace + ":" + name,
        new ServiceAccounts(api).token(namespace, name));
  }

  /**
   * Lets a user do what a ClusterRole says, everywhere. Takes effect at once; granting twice
   * changes nothing.
   *
   * @param user a user's name, or {@code system:serviceaccount:NAMESPACE:NAME}
   * @param clusterRole such as {@code cluster-admin} or {@code view}
   */
  public void grant(String user, String clusterRole) {
    new Grants(api).everywhere(user, clusterRole);
  }

  /** As {@link #grant(String, String)}, in one namespace only, which must be there. */
  public void grant(String user, String clusterRole, String namespace) {
    new Grants(api).in(namespace, user, clusterRole);
  }

  /**
   * Applies manifests in their order, as {@code kubectl apply --server-side --force-conflicts}
   * does. After a CustomResourceDefinition it waits until its kind is served.
   *
   * @param yaml one or more documents of YAML or JSON; namespaced objects that name no namespace go
   *     to {@code default}
   * @throws RequestFailedException for the first one that the server refuses
   */
  public void apply(String yaml) {
    new Manifests(api).apply(yaml);
  }

  /** Ends all requests and watches, then removes the folder. A second time changes nothing. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      var unused = wait(server.server().stop());
    } finally {
      folder.delete();
    }
  }

  private static <T> T wait(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public String toString() {
    return "Sallyport[" + url() + "]";
  }
}
