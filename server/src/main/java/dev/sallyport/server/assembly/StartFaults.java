package dev.sallyport.server.assembly;

import dev.sallyport.api.Answer;
import dev.sallyport.config.AuthenticationConfig;
import dev.sallyport.config.ConfigException;
import dev.sallyport.config.Fault;
import dev.sallyport.config.Faults;
import dev.sallyport.config.ServingConfig;
import dev.sallyport.config.StorageConfig;
import dev.sallyport.config.StorageEngine;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.pem.Certificates;
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.server.netty.ListenException;
import dev.sallyport.server.netty.Listener;
import dev.sallyport.server.tls.TlsContextFactory;
import dev.sallyport.server.tls.TlsContexts;
import dev.sallyport.server.tls.TlsEngine;
import dev.sallyport.store.HistoryLimits;
import dev.sallyport.store.Indexer;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.StoreConfig;
import dev.sallyport.store.StoreOpenException;
import dev.sallyport.store.factory.Stores;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The steps of a start that can fail by what the server was given, told by flag and value. */
final class StartFaults {

  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  private StartFaults() {}

  /** Two things that were made side by side. */
  record Both<A, B>(A first, B second) {}

  static Watched<TlsContexts> certificates(
      ServingConfig serving, AuthenticationConfig authentication, FileWatcher watcher) {
    TlsEngine engine = TlsEngine.choose(clientAuthorities(authentication));
    try {
      return TlsContextFactory.watch(engine, serving, watcher);
    } catch (InvalidFileException e) {
      String flag =
          e.file().equals(serving.keyPair().key())
              ? "--tls-private-key-file"
              : e.file().equals(serving.keyPair().certificate())
                  ? "--tls-cert-file"
                  : "--tls-sni-cert-key";
      throw new ConfigException(
          new Fault(flag, e.file().toString(), "a PEM certificate and its key: " + e.fault()));
    }
  }

  /** Whose clients will come; the first door tells of files that cannot be read. */
  private static List<X509Certificate> clientAuthorities(AuthenticationConfig authentication) {
    List<Path> files = new ArrayList<>();
    authentication.clientCa().ifPresent(files::add);
    authentication.requestHeader().ifPresent(headers -> files.add(headers.clientCa()));
    List<X509Certificate> authorities = new ArrayList<>();
    for (Path file : files) {
      try {
        authorities.addAll(Certificates.read(file));
      } catch (InvalidFileException e) {
        continue;
      }
    }
    return authorities;
  }

  /** The oldest revision is never older than what two compactions leave. */
  private static HistoryLimits history(Duration compactionInterval) {
    Duration age = compactionInterval.isZero() ? FOR_EVER : compactionInterval.multipliedBy(2);
    return new HistoryLimits(HistoryLimits.DEFAULT.events(), age);
  }

  static ResourceStore store(StorageConfig storage, Indexer indexer) {
    StoreConfig wanted =
        storage.engine() == StorageEngine.MEMORY
            ? StoreConfig.memory()
            : StoreConfig.in(storage.dataDir());
    try {
      return Stores.open(wanted.with(history(storage.compactionInterval())), indexer);
    } catch (StoreOpenException e) {
      throw new ConfigException(
          new Fault(
              "--data-dir",
              storage.dataDir().toString(),
              switch (e.kind()) {
                case LOCKED -> "a folder that no other process uses: " + e.getMessage();
                case NEWER_FORMAT -> "a folder of this version or an older one: " + e.getMessage();
                case DAMAGED -> "an undamaged store: " + e.getMessage();
                case UNUSABLE -> "a folder to write to: " + e.getMessage();
              }));
    }
  }

  /**
   * @param flag that says the port
   */
  static CompletionStage<Listener> listening(
      String flag, int port, ServingConfig serving, CompletionStage<Listener> listener) {
    return listener.exceptionallyCompose(
        failure -> {
          Throwable cause = Answer.unwrap(failure);
          if (!(cause instanceof ListenException)) {
            return CompletableFuture.failedFuture(cause);
          }
          Throwable why = cause.getCause() == null ? cause : cause.getCause();
          return CompletableFuture.failedFuture(
              new ConfigException(
                  new Fault(
                      flag,
                      String.valueOf(port),
                      "a port to listen on at "
                          + serving.bindAddress().getHostAddress()
                          + ": "
                          + why.getMessage())));
        });
  }

  /** Both, or the faults of either together. */
  static <A, B> CompletionStage<Both<A, B>> both(
      CompletableFuture<A> first, CompletableFuture<B> second) {
    CompletableFuture<Both<A, B>> both = new CompletableFuture<>();
    var unused =
        first.whenComplete(
            (a, failed) ->
                second.whenComplete(
                    (b, alsoFailed) -> {
                      if (failed == null && alsoFailed == null) {
                        both.complete(new Both<>(a, b));
                      } else {
                        both.completeExceptionally(gathered(failed, alsoFailed));
                      }
                    }));
    return both;
  }

  private static Throwable gathered(@Nullable Throwable first, @Nullable Throwable second) {
    Faults faults = new Faults();
    for (Throwable failure : new Throwable[] {first, second}) {
      if (failure == null) {
        continue;
      }
      if (!(Answer.unwrap(failure) instanceof ConfigException told)) {
        return Answer.unwrap(failure);
      }
      told.faults().forEach(faults::add);
    }
    return new ConfigException(faults.all());
  }
}
