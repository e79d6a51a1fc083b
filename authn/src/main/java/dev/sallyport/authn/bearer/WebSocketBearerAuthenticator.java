package dev.sallyport.authn.bearer;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Headers;
import dev.sallyport.authn.AuthenticationRequest;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Abstained;
import dev.sallyport.authn.AuthenticationResult.Rejected;
import dev.sallyport.authn.Authenticator;
import dev.sallyport.authn.TokenAuthenticator;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The token that a browser's WebSocket carries as a subprotocol, since it cannot set headers. One
 * more subprotocol must be offered, because the token's is never echoed.
 */
public final class WebSocketBearerAuthenticator implements Authenticator {

  /** What a subprotocol that carries a token begins with; nobody may see the rest. */
  public static final String PREFIX = "base64url.bearer.authorization.k8s.io.";

  private static final String HEADER = "Sec-WebSocket-Protocol";

  private final TokenAuthenticator tokens;

  public WebSocketBearerAuthenticator(TokenAuthenticator tokens) {
    this.tokens = tokens;
  }

  @Override
  public Answer<AuthenticationResult> authenticate(AuthenticationRequest request) {
    if (!upgrades(request.headers())) {
      return Answer.now(Abstained.INSTANCE);
    }
    int bearers = 0;
    int others = 0;
    String encoded = "";
    for (String line : request.headers().all(HEADER)) {
      for (int from = 0; from <= line.length(); ) {
        int comma = line.indexOf(',', from);
        int end = comma < 0 ? line.length() : comma;
        String protocol = line.substring(from, end).strip();
        from = end + 1;
        if (protocol.startsWith(PREFIX)) {
          bearers++;
          encoded = protocol.substring(PREFIX.length());
        } else {
          others++;
        }
      }
    }
    return bearers == 0 ? Answer.now(Abstained.INSTANCE) : judge(bearers, others, encoded, request);
  }

  private Answer<AuthenticationResult> judge(
      int bearers, int others, String encoded, AuthenticationRequest request) {
    if (bearers > 1) {
      return rejected("more than one bearer subprotocol");
    }
    String token;
    try {
      token = decode(encoded);
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return rejected("a bearer subprotocol that is not base64url of UTF-8");
    }
    if (others == 0) {
      return rejected("no subprotocol beside the bearer token");
    }
    return token.isEmpty()
        ? Answer.now(Abstained.INSTANCE)
        : BearerAuthenticator.judge(tokens, token, request);
  }

  private static String decode(String encoded) throws CharacterCodingException {
    if (encoded.indexOf('=') >= 0) {
      throw new IllegalArgumentException("padding");
    }
    byte[] bytes = Base64.getUrlDecoder().decode(encoded);
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static boolean upgrades(Headers headers) {
    String protocol = headers.first("Upgrade");
    if (protocol == null || !protocol.strip().equalsIgnoreCase("websocket")) {
      return false;
    }
    for (String line : headers.all("Connection")) {
      if (contains(line, "upgrade")) {
        return true;
      }
    }
    return false;
  }

  private static boolean contains(String line, String word) {
    for (int i = 0; i + word.length() <= line.length(); i++) {
      if (line.regionMatches(true, i, word, 0, word.length())) {
        return true;
      }
    }
    return false;
  }

  private static Answer<AuthenticationResult> rejected(String why) {
    return Answer.now(new Rejected(why));
  }
}
