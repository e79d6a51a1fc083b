package dev.sallyport.server.cli;

/** A command that could not do what it was asked for; the message is for whoever typed it. */
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandFailure(String message) {
    super(message);
  }
}
