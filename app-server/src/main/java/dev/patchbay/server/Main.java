package dev.patchbay.server;

public final class Main {
    private Main() {}

    public static void main(String[] args) {}
}
