package dev.sallyport.authn.token.introspection;

import dev.sallyport.api.Answer;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Abstained;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.TokenAuthenticator;
import dev.sallyport.authn.token.cache.Inquiries;
import dev.sallyport.authn.token.cache.Inquiries.Found;
import dev.sallyport.authn.token.cache.InquiryCounts;
import dev.sallyport.authn.token.cache.TokenDigest;
import dev.sallyport.authn.token.jwt.CompactToken;
import dev.sallyport.authn.token.oidc.SystemNames;
import dev.sallyport.webhook.HttpsClient;
import dev.sallyport.webhook.HttpsReply;
import dev.sallyport.webhook.HttpsRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Asks one endpoint about tokens, and remembers what it said: a yes until the token ends or the
 * time that the configuration grants is over, a no for seconds, an error not at all.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7662">RFC 7662, OAuth 2.0 Token Introspection</a>
 */
public final class IntrospectionAuthenticator implements TokenAuthenticator {
  private static final List<String> HEADERS =
      List.of("Accept", "application/json", "Content-Type", "application/x-www-form-urlencoded");

  private final Introspection introspection;
  private final HttpsClient client;
  private final IntrospectedToken answers;
  private final Audiences apiAudiences;
  private final Clock clock;
  private final Inquiries inquiries;

  /**
   * @param client trusts the endpoint's server
   * @param names names of the prefix {@code system:} that an answer may give
   * @param apiAudiences whom these tokens are meant for, which know no audience of ours
   * @param executor where answers are read
   * @param counts counts what is asked and what is remembered
   */
  public IntrospectionAuthenticator(
      Introspection introspection,
      HttpsClient client,
      SystemNames names,
      Audiences apiAudiences,
      Clock clock,
      Executor executor,
      InquiryCounts counts) {
    this.introspection = introspection;
    this.client = client;
    this.answers = new IntrospectedToken(introspection, names);
    this.apiAudiences = apiAudiences;
    this.clock = clock;
    this.inquiries = new Inquiries(clock, executor, counts);
  }

  @Override
  public Answer<AuthenticationResult> authenticate(String token, Audiences audiences) {
    Audiences meant = apiAudiences.agreedWith(audiences);
    if (meant == null || !concerns(token)) {
      return Answer.now(Abstained.INSTANCE);
    }
    return inquiries
        .about(TokenDigest.of(token), () -> ask(token), this::judge)
        .map(
            result ->
                result instanceof Authenticated good
                    ? new Authenticated(good.user(), meant, good.credential())
                    : result);
  }

  /** Without a prefix JSON web tokens are left out: they are others' and go to nobody else. */
  private boolean concerns(String token) {
    return introspection.prefix().isEmpty()
        ? CompactToken.parse(token) == null
        : token.startsWith(introspection.prefix());
  }

  /** The token goes into the body: an address is what servers and proxies log. */
  private Answer<HttpsReply> ask(String token) {
    String form =
        "token="
            + URLEncoder.encode(token, StandardCharsets.UTF_8)
            + "&token_type_hint=access_token";
    return client
        .send(
            new HttpsRequest(
                "POST",
                introspection.endpoint(),
                HEADERS,
                Optional.of(introspection.authorization()),
                form.getBytes(StandardCharsets.US_ASCII),
                introspection.timeout(),
                HttpsRequest.USUAL_LIMIT))
        .answer();
  }

  private Found judge(@Nullable HttpsReply reply, @Nullable Throwable failure) {
    if (reply == null) {
      String why = failure == null ? "no answer" : String.valueOf(failure.getMessage());
      return Found.once(answers.refused(why));
    }
    if (reply.status() != 200) {
      return Found.once(answers.refused("answered " + reply.status()));
    }
    return answers.of(reply.body(), clock.millis());
  }
}
