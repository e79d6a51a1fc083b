package dev.sallyport.authn.bearer;

import dev.sallyport.api.Answer;
import dev.sallyport.authn.AuthenticationRequest;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Abstained;
import dev.sallyport.authn.AuthenticationResult.Rejected;
import dev.sallyport.authn.Authenticator;
import dev.sallyport.authn.TokenAuthenticator;
import org.jspecify.annotations.Nullable;

/**
 * The token of an Authorization header. A token that nobody knows is a rejection; a header of
 * another scheme, or without a token, is no credential of this kind.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750, 2.1</a>
 */
public final class BearerAuthenticator implements Authenticator {

  /** Why a token that nobody knows is refused. */
  public static final Rejected INVALID = new Rejected("invalid bearer token");

  private static final String SCHEME = "bearer";
  private static final ThreadLocal<LastHeader> LAST = ThreadLocal.withInitial(LastHeader::new);

  private final TokenAuthenticator tokens;

  public BearerAuthenticator(TokenAuthenticator tokens) {
    this.tokens = tokens;
  }

  @Override
  public Answer<AuthenticationResult> authenticate(AuthenticationRequest request) {
    String header = request.headers().first("Authorization");
    String token = header == null ? null : LAST.get().token(header);
    return token == null ? Answer.now(Abstained.INSTANCE) : judge(tokens, token, request);
  }

  /** The tokens' verdict, in which an unknown token is a bad one. */
  static Answer<AuthenticationResult> judge(
      TokenAuthenticator tokens, String token, AuthenticationRequest request) {
    return tokens
        .authenticate(token, request.audiences())
        .map(result -> result == Abstained.INSTANCE ? INVALID : result);
  }

  /**
   * Gives the same string object for the same header object, which connections keep while a client
   * repeats it: whoever remembers a token by identity then knows it at once.
   */
  private static final class LastHeader {
    private @Nullable String header;
    private @Nullable String token;

    @SuppressWarnings("ReferenceEquality")
    @Nullable String token(String asked) {
      if (header != asked) {
        token = BearerAuthenticator.token(asked);
        header = asked;
      }
      return token;
    }
  }

  /** The word behind the scheme and exactly one space; what follows a further space is dropped. */
  private static @Nullable String token(String header) {
    String text = header.strip();
    int space = text.indexOf(' ');
    if (space != SCHEME.length() || !text.regionMatches(true, 0, SCHEME, 0, space)) {
      return null;
    }
    int end = text.indexOf(' ', space + 1);
    if (end == space + 1) {
      return null; // two spaces: the chain warns of them
    }
    return end < 0 ? text.substring(space + 1) : text.substring(space + 1, end);
  }
}
