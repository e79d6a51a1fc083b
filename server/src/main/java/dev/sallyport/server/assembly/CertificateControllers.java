package dev.sallyport.server.assembly;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Attributes;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authz.Authorizer;
import dev.sallyport.authz.Decision;
import dev.sallyport.config.ConfigException;
import dev.sallyport.config.ControllerName;
import dev.sallyport.config.Fault;
import dev.sallyport.config.KeyPairFiles;
import dev.sallyport.config.SigningConfig;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.controllers.ObjectClient;
import dev.sallyport.controllers.certificates.RequestApprover;
import dev.sallyport.controllers.certificates.RequestCleaner;
import dev.sallyport.controllers.certificates.RequestIssuer;
import dev.sallyport.controllers.certificates.SignerName;
import java.time.Clock;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** What approves, signs and removes CertificateSigningRequests. */
final class CertificateControllers {

  private final ObjectClient client;
  private final Authorizer authorizer;
  private final Clock clock;
  private final Executor workers;
  private final Executor later;

  CertificateControllers(
      ObjectClient client, Authorizer authorizer, Clock clock, Executor workers, Executor later) {
    this.client = client;
    this.authorizer = authorizer;
    this.clock = clock;
    this.workers = workers;
    this.later = later;
  }

  /**
   * How to start each of them.
   *
   * @throws ConfigException when a signing pair cannot be used
   */
  Map<ControllerName, Runnable> table(SigningConfig config, FileWatcher watcher) {
    Map<ControllerName, Runnable> table = new EnumMap<>(ControllerName.class);
    table.put(
        ControllerName.CSR_APPROVING,
        () -> new RequestApprover(client, this::mayHave, workers, later).start());
    Map<SignerName, Watched<CertificateAuthority>> authorities = authorities(config, watcher);
    if (!authorities.isEmpty()) {
      table.put(
          ControllerName.CSR_SIGNING,
          () ->
              new RequestIssuer(client, authorities, clock, config.longest(), workers, later)
                  .start());
    }
    Executor hourly =
        CompletableFuture.delayedExecutor(
            RequestCleaner.INTERVAL.toMillis(), TimeUnit.MILLISECONDS, workers);
    table.put(ControllerName.CSR_CLEANER, () -> new RequestCleaner(client, clock, hourly).start());
    return table;
  }

  private Answer<Boolean> mayHave(UserInfo user, String subresource) {
    RequestInfo question =
        RequestInfo.ofResource(
            "create",
            "certificates.k8s.io",
            "*",
            "",
            "certificatesigningrequests",
            subresource,
            "");
    return authorizer
        .authorize(new Attributes(user, question))
        .map(result -> result.decision() == Decision.ALLOW);
  }

  /** Signers that share their files share what is read of them. */
  private static Map<SignerName, Watched<CertificateAuthority>> authorities(
      SigningConfig config, FileWatcher watcher) {
    Map<KeyPairFiles, Watched<CertificateAuthority>> read = new HashMap<>();
    Map<SignerName, Watched<CertificateAuthority>> authorities = new EnumMap<>(SignerName.class);
    for (SignerName name : SignerName.values()) {
      KeyPairFiles files = config.authorities().get(name.text());
      if (files != null) {
        authorities.put(name, read.computeIfAbsent(files, same -> authority(same, watcher)));
      }
    }
    return authorities;
  }

  private static Watched<CertificateAuthority> authority(KeyPairFiles files, FileWatcher watcher) {
    try {
      return watcher.watch(
          List.of(files.certificate(), files.key()),
          contents -> {
            CertifiedKey pair = CertifiedKey.parse(contents.get(0), contents.get(1));
            return new CertificateAuthority(pair.leaf(), pair.key());
          });
    } catch (InvalidFileException e) {
      throw new ConfigException(
          new Fault(
              "--cluster-signing-cert-file",
              e.file().toString(),
              "a PEM certificate and its key: " + e.fault()));
    }
  }
}
