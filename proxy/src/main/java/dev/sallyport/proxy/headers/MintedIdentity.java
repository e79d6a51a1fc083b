package dev.sallyport.proxy.headers;

import dev.sallyport.api.UserInfo;
import dev.sallyport.config.JwtIdentityConfig;

/** The caller in a token of ours. */
final class MintedIdentity implements IdentityHeaders {

  private final TokenMint mint;
  private final String header;
  private final String scheme;

  MintedIdentity(JwtIdentityConfig config, TokenMint mint) {
    this.mint = mint;
    this.header = config.header();
    this.scheme = config.bearer() ? "Bearer " : "";
  }

  @Override
  public void write(UserInfo caller, HeaderSink out) {
    out.add(header, scheme + mint.token(caller));
  }

  @Override
  public boolean claims(String name) {
    return OwnNames.same(header, name);
  }
}
