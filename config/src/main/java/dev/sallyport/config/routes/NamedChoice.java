package dev.sallyport.config.routes;

/** One of several words that a field may hold. */
interface NamedChoice {

  /** As it stands in the file. */
  String text();
}
