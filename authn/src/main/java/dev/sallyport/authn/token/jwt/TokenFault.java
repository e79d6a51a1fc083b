package dev.sallyport.authn.token.jwt;

/** Why a token is refused; the message may go to a client and holds nothing of the token. */
public final class TokenFault extends Exception {
  private static final long serialVersionUID = 1L;

  public TokenFault(String message) {
    super(message, null, false, false);
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
