package dev.sallyport.authn.x509;

import dev.sallyport.api.Answer;
import dev.sallyport.authn.PeerCertificates;
import dev.sallyport.authn.PeerCertificates.Verdict;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Judges a connection's certificates against today's bundle. The verdict stays with the connection
 * and is answered at once while it holds; only a new one costs signature checks, which run on
 * {@code executor}.
 *
 * @param recall the verdict that a connection keeps for this bundle, or null
 * @param remember keeps a verdict with its connection
 */
public record PeerJudge(
    Supplier<TrustBundle> bundle,
    Clock clock,
    Executor executor,
    Function<PeerCertificates, @Nullable Verdict> recall,
    BiConsumer<PeerCertificates, Verdict> remember) {

  /** The judgement of a chain that is not empty. */
  public Answer<Judgement> judge(PeerCertificates peer) {
    TrustBundle today = bundle.get();
    long now = clock.millis();
    if (recall.apply(peer) instanceof Judgement known && known.holds(today, now)) {
      return Answer.now(known);
    }
    return Answer.later(
        CompletableFuture.supplyAsync(
            () -> {
              Judgement fresh = CertificateJudge.judge(today, peer, now);
              remember.accept(peer, fresh);
              return fresh;
            },
            executor));
  }
}
