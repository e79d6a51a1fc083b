package dev.sallyport.authn.token.identity;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sallyport.api.Answer;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.token.serviceaccount.TokenSigner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Tokens for one upstream, by which it learns who calls. One is used for the same caller until most
 * of its life is over. It is no credential here: it names no service account's token, and is for
 * the upstream's audience only. Any thread.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519">RFC 7519</a>
 */
public final class IdentityTokens {

  private static final int REMEMBERED = 8 << 10;

  private final String issuer;
  private final List<String> audiences;
  private final Duration lifetime;
  private final TokenSigner signer;
  private final Clock clock;
  private final Executor executor;
  private final Cache<UserInfo, Token> tokens =
      Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  /** A token, and the moment from which another is wanted. */
  private record Token(String text, long freshUntilMillis) {
    @Override
    public String toString() {
      return "***";
    }
  }

  /**
   * @param issuer the iss claim
   * @param executor where tokens are signed
   */
  public IdentityTokens(
      String issuer,
      List<String> audiences,
      Duration lifetime,
      TokenSigner signer,
      Clock clock,
      Executor executor) {
    this.issuer = issuer;
    this.audiences = List.copyOf(audiences);
    this.lifetime = lifetime;
    this.signer = signer;
    this.clock = clock;
    this.executor = executor;
  }

  /** There when {@link #token} will have one at hand; at once if it has. */
  public Answer<Boolean> prepare(UserInfo caller) {
    if (known(caller) != null) {
      return Answer.now(true);
    }
    CompletableFuture<Boolean> made = new CompletableFuture<>();
    try {
      executor.execute(
          () -> {
            try {
              made.complete(!token(caller).isEmpty());
            } catch (RuntimeException e) {
              made.completeExceptionally(e);
            }
          });
    } catch (RejectedExecutionException e) {
      return Answer.now(false); // it is signed when it is needed
    }
    return Answer.later(made);
  }

  /** A token that is good for a while yet: a secret. */
  public String token(UserInfo caller) {
    Token known = known(caller);
    if (known == null) {
      known = make(caller);
      tokens.put(caller, known);
    }
    return known.text();
  }

  private @Nullable Token known(UserInfo caller) {
    Token known = tokens.getIfPresent(caller);
    return known != null && clock.millis() < known.freshUntilMillis() ? known : null;
  }

  private Token make(UserInfo caller) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    ObjectNode claims = JsonNodeFactory.instance.objectNode();
    claims.put("iss", issuer);
    claims.put("sub", caller.name());
    if (audiences.size() == 1) {
      claims.put("aud", audiences.get(0));
    } else {
      audiences.forEach(claims.putArray("aud")::add);
    }
    claims.put("iat", now.getEpochSecond());
    claims.put("nbf", now.getEpochSecond());
    claims.put("exp", now.plus(lifetime).getEpochSecond());
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("preferred_username", caller.name());
    caller.groups().forEach(claims.putArray("groups")::add);
    if (!caller.uid().isEmpty()) {
      claims.put("uid", caller.uid());
    }
    long fresh = now.toEpochMilli() + lifetime.toMillis() / 5 * 4;
    return new Token(signer.sign(claims.toString()), fresh);
  }
}
