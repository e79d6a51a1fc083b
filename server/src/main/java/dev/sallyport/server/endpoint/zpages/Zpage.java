package dev.sallyport.server.endpoint.zpages;

/** What all z-pages share. */
final class Zpage {

  private Zpage() {}

  /** How a page begins. */
  static String head(String name) {
    return "\nsallyport "
        + name
        + "\nWarning: made for people who look into a trouble; its form may change at any time.\n\n";
  }
}
