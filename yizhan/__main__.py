from yizhan.config.cli import main

main()
