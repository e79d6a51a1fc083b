package dev.sallyport.webhook.factory;

import dev.sallyport.webhook.HttpsConnector;
import dev.sallyport.webhook.https.NettyConnector;

/** Makes the one connector of a server. */
public final class Connectors {

  private Connectors() {}

  /** Loads and starts nothing before its first call. */
  public static HttpsConnector create() {
    return new NettyConnector();
  }
}
