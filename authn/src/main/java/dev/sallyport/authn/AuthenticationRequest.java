package dev.sallyport.authn;

import dev.sallyport.api.Headers;

/** What an authenticator may look at. Valid during the call only. */
public interface AuthenticationRequest {

  Headers headers();

  /** The path as it was sent, without the query. */
  String path();

  /** The client's certificates of this connection; {@link PeerCertificates#NONE} without any. */
  PeerCertificates peer();

  /** The audiences of the API itself. */
  Audiences audiences();
}
