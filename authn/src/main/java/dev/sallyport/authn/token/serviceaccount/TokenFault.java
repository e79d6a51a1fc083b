package dev.sallyport.authn.token.serviceaccount;

/** Why a token is refused; the message may go to a client and holds nothing of the token. */
final class TokenFault extends Exception {
  private static final long serialVersionUID = 1L;

  TokenFault(String message) {
    super(message, null, false, false);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
