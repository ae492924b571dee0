"""`python -m speechrnn`: the program where its script is not on the path."""

from speechrnn.cli.main import main

if __name__ == "__main__":
    main()
