package dev.patchbay.desktop;

public final class Main {
    private Main() {}

    public static void main(String[] args) {}
}
